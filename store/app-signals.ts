// What the running programs tell each other: that somebody looks at present, and why nothing can be stored. Such a word
// is worth no sync of the disk and no waiting, and has to get through when the disk is full.

import Database from 'better-sqlite3'
import type { Connection } from './connection.ts'

type SignalName = 'watched' | 'storage'

/** A signal that another program's transaction delays longer than this is not written. */
const patienceMs = 50

export class Signals {
  readonly #connection: Connection
  readonly #until
  readonly #message
  readonly #write

  constructor(connection: Connection) {
    this.#connection = connection
    const { sqlite } = connection
    this.#until = sqlite
      .prepare<[SignalName], number | null>('SELECT until FROM signal WHERE name = ?')
      .pluck()
    this.#message = sqlite
      .prepare<[SignalName], string | null>('SELECT message FROM signal WHERE name = ?')
      .pluck()
    this.#write = sqlite.prepare<[number | null, string | null, SignalName]>(
      'UPDATE signal SET until = ?, message = ? WHERE name = ?',
    )
    settle(sqlite)
  }

  watchedUntil(): number {
    return this.#connection.read(() => this.#until.get('watched')) ?? 0
  }

  setWatched(until: number): void {
    this.#set('watched', Math.round(until), null)
  }

  storageProblem(): string | null {
    return this.#connection.read(() => this.#message.get('storage')) ?? null
  }

  setStorageProblem(message: string | null): void {
    if (this.storageProblem() === message) return
    this.#set('storage', null, message)
  }

  #set(name: SignalName, until: number | null, message: string | null): void {
    const { sqlite } = this.#connection
    const write = () => this.#write.run(until, message, name)
    sqlite.pragma('synchronous = NORMAL')
    try {
      this.#connection.impatient(patienceMs, () => evenIfFull(sqlite, write))
    } finally {
      sqlite.pragma('synchronous = FULL')
    }
  }
}

/** Pages that are in the log only would need room in the file later; where there is none now, later will do. */
function settle(sqlite: Database.Database): void {
  try {
    sqlite.pragma('wal_checkpoint(PASSIVE)')
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error
  }
}

/** On a full disk the log cannot grow, but begun anew it needs no room: what it takes is its own already. */
function evenIfFull(sqlite: Database.Database, write: () => unknown): void {
  try {
    write()
  } catch (error) {
    if (!(error instanceof Database.SqliteError && error.code === 'SQLITE_FULL')) throw error
    sqlite.pragma('wal_checkpoint(RESTART)')
    write()
  }
}
