// A backup is one file: a copy of data.db that carries app.db (projects, paired devices) inside, as bytes in a table of
// its own. Without that table it is a data.db like any other.

import { writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { openAppStore } from './app.ts'
import { copyDatabase, type OnProgress } from './copy-database.ts'
import { withSqliteProblems } from './sqlite-problem.ts'

export interface BackupPaths {
  data: string
  /** Undefined where there is none. */
  app?: string | undefined
}

/**
 * Copies both databases into the new file `to`, while programs go on writing.
 * Throws a Problem `unavailable` when they cannot be read or there is no room.
 */
export async function writeBackup(
  { data, app }: BackupPaths,
  to: string,
  onProgress?: OnProgress,
): Promise<void> {
  await copyDatabase(data, to, { onProgress })
  const devices = app === undefined ? undefined : bytesOf(app)
  changeAlone(to, (sqlite) => {
    // A backup of a backup file: what it carried is not what is to be carried.
    sqlite.exec('DROP TABLE IF EXISTS carried')
    if (!devices) return
    sqlite.exec('CREATE TABLE carried (app BLOB NOT NULL) STRICT')
    sqlite.prepare('INSERT INTO carried VALUES (?)').run(devices)
  })
}

/**
 * Makes the new files `data` and, where the backup carries it, `app` from a backup or any other data.db; true when
 * `app` was made. Throws like `writeBackup`.
 */
export async function readBackup(
  from: string,
  { data, app }: { data: string; app: string },
  onProgress?: OnProgress,
): Promise<boolean> {
  await copyDatabase(from, data, { onProgress, readonly: true })
  return changeAlone(data, (sqlite) => {
    const hasIt = sqlite.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'carried'").get() !== undefined
    if (!hasIt) return false
    const bytes = sqlite.prepare<[], Buffer>('SELECT app FROM carried').pluck().get()
    sqlite.exec('DROP TABLE carried')
    if (!bytes) return false
    writeFileSync(app, bytes, { flag: 'wx', mode: 0o600 })
    return true
  })
}

function bytesOf(app: string): Uint8Array {
  const appStore = openAppStore({ file: app })
  try {
    return appStore.bytes()
  } finally {
    appStore.close()
  }
}

/** Changes a database that nobody else uses; afterwards all of it is in its one file. */
function changeAlone<T>(file: string, change: (sqlite: Database.Database) => T): T {
  return withSqliteProblems(file, () => {
    const sqlite = new Database(file)
    try {
      sqlite.pragma('journal_mode = DELETE')
      return change(sqlite)
    } finally {
      sqlite.close()
    }
  })
}
