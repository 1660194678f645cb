// One process gathers into a database and looks after its history; a second one would store every round twice. Who
// has the role holds a lock that the system takes back when the process ends, however it ends.

import Database from 'better-sqlite3'
import { Problem } from '../common/problem.ts'
import { withSqliteProblems } from './sqlite-problem.ts'

export interface KeeperRole {
  /** Lets another process have it. */
  release(): void
}

/** The lock's file lies beside the database and stays empty. */
export const keeperLock = (file: string): string => `${file}.lock`

/**
 * Takes the role for the database `file`, whose folder must exist, until it is released or the process is gone.
 * Throws a Problem `conflict` while another process has it.
 */
export function takeKeeperRole(file: string): KeeperRole {
  return withSqliteProblems(keeperLock(file), () => {
    const lock = new Database(keeperLock(file), { timeout: 0 })
    try {
      // SQLite's own locks are those of the system: they end with the process.
      lock.exec('BEGIN EXCLUSIVE')
    } catch (error) {
      lock.close()
      if (!(error instanceof Database.SqliteError) || !error.code.startsWith('SQLITE_BUSY')) throw error
      throw new Problem(
        'conflict',
        `Pocketstats already gathers into ${file}: stop the one that runs, or give this one another DatabaseDirectory.`,
      )
    }
    return { release: () => void lock.close() }
  })
}
