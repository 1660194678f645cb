// Looks at a database file without opening it for good: nothing is made, migrated or written.

import { existsSync } from 'node:fs'
import Database from 'better-sqlite3'
import { quickCheck } from './quick-check.ts'

/** A sentence for each thing that SQLite finds wrong with the file; null when there is none. */
export function quickLook(file: string): string[] | null {
  if (!existsSync(file)) return null
  try {
    const sqlite = new Database(file, { readonly: true, fileMustExist: true })
    try {
      return quickCheck(sqlite)
    } finally {
      sqlite.close()
    }
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}
