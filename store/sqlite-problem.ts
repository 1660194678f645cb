// What SQLite reports as codes, said to people in one sentence. Whatever is not listed here is a bug and goes
// through unchanged.

import Database from 'better-sqlite3'
import { Problem } from '../common/problem.ts'

const sentences: readonly (readonly [code: string, sentence: (file: string) => string])[] = [
  ['SQLITE_BUSY', (file) => `The database ${file} is busy; try again.`],
  ['SQLITE_LOCKED', (file) => `The database ${file} is busy; try again.`],
  ['SQLITE_FULL', (file) => `Disk full: the database ${file} cannot grow. Nothing was stored.`],
  ['SQLITE_NOTADB', (file) => `${file} is not a Pocketstats database; move it away or choose another file.`],
  ['SQLITE_CORRUPT', (file) => `The database ${file} is damaged; move it away or restore a copy.`],
  [
    'SQLITE_CANTOPEN',
    (file) => `The database ${file} cannot be opened; check that its folder exists and may be written.`,
  ],
  ['SQLITE_READONLY', (file) => `The database ${file} may not be written; check who owns it and its folder.`],
  ['SQLITE_PERM', (file) => `The database ${file} may not be written; check who owns it and its folder.`],
  ['SQLITE_IOERR', (file) => `The disk of ${file} fails or is full. Nothing was stored.`],
]

/** The Problem `unavailable` that `error` means for people, or `error` itself where it is none of theirs. */
export function sqliteProblem(error: unknown, file: string): unknown {
  const cause = error instanceof Error && error.cause instanceof Database.SqliteError ? error.cause : error
  if (!(cause instanceof Database.SqliteError)) return error
  const known = sentences.find(([code]) => cause.code === code || cause.code.startsWith(`${code}_`))
  return known ? new Problem('unavailable', known[1](file)) : error
}

/** Runs `work`; what SQLite throws becomes the Problem that it means. */
export function withSqliteProblems<T>(file: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw sqliteProblem(error, file)
  }
}
