// Copies a database while programs write to it. The copy reads from one picture of it throughout: SQLite would begin
// anew at every write of another program, and so never come to an end where one writes each second.

import { closeSync, openSync } from 'node:fs'
import Database from 'better-sqlite3'
import { Problem } from '../common/problem.ts'
import { sqliteProblem, withSqliteProblems } from './sqlite-problem.ts'

export type OnProgress = (share: number) => void

/** Pages copied before others of this process get their turn. */
const pagesAtOnce = 512

export interface CopyOptions {
  /** Given 0 to 1. */
  onProgress?: OnProgress | undefined
  /** The source may not be written, as a copy that somebody keeps; a log beside it is read as it is. */
  readonly?: boolean
}

/**
 * A consistent copy in a new file that only its owner may read.
 * Throws a Problem `unavailable` when the database cannot be read or the copy has no room.
 */
export async function copyDatabase(
  from: string,
  to: string,
  { onProgress, readonly = false }: CopyOptions = {},
): Promise<void> {
  const sqlite = withSqliteProblems(from, () => openPicture(from, readonly))
  try {
    makeEmpty(to)
    await sqlite.backup(to, {
      progress: ({ totalPages, remainingPages }) => {
        onProgress?.(1 - remainingPages / Math.max(1, totalPages))
        return pagesAtOnce
      },
    })
  } catch (error) {
    const isSource = error instanceof Database.SqliteError && error.code.startsWith('SQLITE_CORRUPT')
    throw sqliteProblem(error, isSource ? from : to)
  } finally {
    sqlite.close()
  }
}

/** A connection that sees what is committed by now until it is closed. */
function openPicture(file: string, readonly: boolean): Database.Database {
  const sqlite = new Database(file, { fileMustExist: true, readonly })
  sqlite.exec('BEGIN')
  sqlite.prepare('SELECT 1 FROM sqlite_schema').get()
  return sqlite
}

function makeEmpty(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600))
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    throw new Problem('unavailable', `The file ${file} cannot be made${reason}.`)
  }
}
