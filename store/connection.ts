// Opens a database file the way both databases need it (made with its folder, set up, migrated, safe when two
// programs do so at once) and wraps what every write needs: one immediate transaction, errors in plain words.

import { closeSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { Problem } from '../common/problem.ts'
import { drizzle } from './drizzle.ts'
import { makeFolder } from './make-folder.ts'
import { migrateDatabase } from './migrate.ts'
import { withSqliteProblems } from './sqlite-problem.ts'

export interface ConnectionOptions {
  file: string
  /** Folder with drizzle's migrations. */
  migrations: string
  /** NORMAL outlives any killed process, FULL also a power cut. */
  synchronous: 'NORMAL' | 'FULL'
  /** Bytes of a page, for a new file. */
  pageBytes?: number
  /** Only the owner may read the file. */
  secret?: boolean
  /** How long a write waits for another process's transaction; 5 s by default. */
  busyTimeoutMs?: number
}

const defaultBusyTimeoutMs = 5000
/** The log is cut back to this size when it starts again from its beginning. */
const logBytes = 8 * 1024 * 1024
/** The log is written into the file when it has grown by this. */
const checkpointBytes = 4 * 1024 * 1024

export class Connection {
  readonly file: string
  readonly sqlite: Database.Database
  readonly orm: BetterSQLite3Database
  /** Transactions that this connection committed: SQLite's data_version counts only those of others. */
  commits = 0
  readonly #busyTimeoutMs: number
  /** At present: `impatient` work waits for less. */
  #patienceMs = defaultBusyTimeoutMs
  readonly #immediate: (work: () => unknown) => unknown

  /** Throws a Problem `unavailable` that names the file when it cannot be made, opened or migrated. */
  constructor(options: ConnectionOptions) {
    this.file = options.file
    prepareFile(options)
    const opened = withSqliteProblems(options.file, () => openAndMigrate(options))
    this.sqlite = opened.sqlite
    this.orm = opened.orm
    this.#busyTimeoutMs = options.busyTimeoutMs ?? defaultBusyTimeoutMs
    this.#waitFor(this.#busyTimeoutMs)
    this.#immediate = this.sqlite.transaction((work: () => unknown) => work()).immediate
  }

  /** Runs `work` in one immediate transaction: all of it is committed, or nothing. */
  write<T>(work: () => T): T {
    return this.read(() => {
      const result = this.#begin(work)
      this.commits += 1
      return result
    })
  }

  /** SQLite sometimes gives up on another's transaction long before its timeout: then it is asked again, until that. */
  #begin<T>(work: () => T): T {
    let hasBegun = false
    const run = (): unknown => {
      hasBegun = true
      return work()
    }
    return patiently(
      () => this.#immediate(run) as T,
      this.#patienceMs,
      () => !hasBegun,
    )
  }

  /** Runs `work` with SQLite's errors turned into Problems. */
  read<T>(work: () => T): T {
    return withSqliteProblems(this.file, work)
  }

  /** Runs `work` that gives up after `waitMs` where another process is in the way. */
  impatient<T>(waitMs: number, work: () => T): T {
    this.#waitFor(waitMs)
    try {
      return this.read(work)
    } finally {
      this.#waitFor(this.#busyTimeoutMs)
    }
  }

  close(): void {
    this.sqlite.close()
  }

  #waitFor(ms: number): void {
    this.#patienceMs = ms
    this.sqlite.pragma(`busy_timeout = ${ms}`)
  }
}

function prepareFile({ file, secret = false }: ConnectionOptions): void {
  const mode = secret ? 0o600 : 0o644
  try {
    makeFolder(dirname(file))
    closeSync(openSync(file, 'a', mode))
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    throw new Problem('unavailable', `The database ${file} cannot be made or written${reason}.`)
  }
}

function openAndMigrate({ file, migrations, synchronous, pageBytes = 4096 }: ConnectionOptions) {
  const sqlite = new Database(file, { timeout: defaultBusyTimeoutMs })
  try {
    // The first two only count while the file is empty.
    sqlite.pragma(`page_size = ${pageBytes}`)
    sqlite.pragma('auto_vacuum = INCREMENTAL')
    // SQLite does not wait by itself where two programs turn a new file to its log at the same moment.
    patiently(() => sqlite.pragma('journal_mode = WAL'), defaultBusyTimeoutMs)
    sqlite.pragma(`synchronous = ${synchronous}`)
    sqlite.pragma(`journal_size_limit = ${logBytes}`)
    sqlite.pragma(`wal_autocheckpoint = ${Math.round(checkpointBytes / pageBytes)}`)
    const orm = drizzle(sqlite)
    migrateDatabase(sqlite, orm, file, migrations)
    return { sqlite, orm }
  } catch (error) {
    sqlite.close()
    throw error
  }
}

/** Repeats what fails because another program is in the way, for `waitMs` and as long as `mayRepeat` says. */
function patiently<T>(work: () => T, waitMs: number, mayRepeat = () => true): T {
  const until = performance.now() + waitMs
  for (;;) {
    try {
      return work()
    } catch (error) {
      const isBusy = error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')
      if (!isBusy || performance.now() >= until || !mayRepeat()) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
    }
  }
}
