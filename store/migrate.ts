// Brings a database to the newest schema. Two programs may start at once: the migrations' own record is unique,
// so that the loser of the race is rolled back and finds, looking again, that all is done.

import type { Database } from 'better-sqlite3'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { Problem } from '../common/problem.ts'
import { migrate, readMigrationFiles } from './drizzle.ts'

/**
 * Runs the migrations of `folder` that `sqlite` lacks.
 * Throws a Problem `unavailable` when a newer release has already changed the schema further.
 */
export function migrateDatabase(
  sqlite: Database,
  orm: BetterSQLite3Database,
  file: string,
  folder: string,
): void {
  const newest = Math.max(...readMigrationFiles({ migrationsFolder: folder }).map((one) => one.folderMillis))
  for (let attempt = 1; lastMigration(sqlite) < newest; attempt++) {
    try {
      migrate(orm, { migrationsFolder: folder })
    } catch (error) {
      if (attempt >= 5 && lastMigration(sqlite) < newest) throw error
    }
  }
  if (lastMigration(sqlite) > newest) {
    throw new Problem(
      'unavailable',
      `The database ${file} was written by a newer release of Pocketstats; update the program or choose another file.`,
    )
  }
}

/** When the last migration that ran was made; 0 for a new file. */
function lastMigration(sqlite: Database): number {
  const table = sqlite.prepare("SELECT 1 FROM sqlite_schema WHERE name = '__drizzle_migrations'").get()
  if (!table) return 0
  const last = sqlite.prepare('SELECT max(created_at) FROM __drizzle_migrations').pluck().get()
  return Number(last ?? 0)
}
