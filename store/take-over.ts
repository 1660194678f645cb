// Before a database is replaced nobody may have it open: who had would go on writing to the file that was put aside.

import { existsSync } from 'node:fs'
import Database from 'better-sqlite3'
import { withSqliteProblems } from './sqlite-problem.ts'

/** False when another program has the database open. Else all of it is in its one file now, without a log beside it. */
export function takeOver(file: string): boolean {
  if (!existsSync(file)) return true
  return withSqliteProblems(file, () => {
    const sqlite = new Database(file, { timeout: 0 })
    try {
      // Only who is alone with a database may give up its log.
      return sqlite.pragma('journal_mode = DELETE', { simple: true }) === 'delete'
    } catch (error) {
      if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return false
      throw error
    } finally {
      sqlite.close()
    }
  })
}
