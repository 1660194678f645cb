// Keeps this process's picture of the newest history up to date: reads the rows of the log that any process has
// added into the heads, and drops what was sealed into chunks, whenever SQLite says that something was committed.

import type { Database } from 'better-sqlite3'
import type { Connection } from '../connection.ts'
import { eachLogged } from './log-entry.ts'
import type { CategoryState, States } from './state.ts'

interface LogRow {
  id: number
  points: Buffer
}

export class Live {
  readonly #states: States
  readonly #dataVersion
  readonly #after
  readonly #begin
  readonly #commit
  readonly #sqlite: Database
  #seenVersion = -1
  #lastRow = 0

  constructor({ sqlite }: Connection, states: States) {
    this.#sqlite = sqlite
    this.#states = states
    this.#dataVersion = sqlite.prepare<[], number>('PRAGMA data_version').pluck()
    this.#after = sqlite.prepare<[number], LogRow>('SELECT id, points FROM log WHERE id > ? ORDER BY id')
    this.#begin = sqlite.prepare('BEGIN')
    this.#commit = sqlite.prepare('COMMIT')
  }

  /** The newest row of the log that the heads know. */
  get lastRow(): number {
    return this.#lastRow
  }

  /** Changes whenever another process has committed anything. */
  get dataVersion(): number {
    return this.#dataVersion.get() ?? 0
  }

  /** Runs `work` on one consistent picture: what is sealed meanwhile is neither missed nor seen twice. */
  read<T>(work: () => T): T {
    if (this.#sqlite.inTransaction) return work()
    this.#begin.run()
    try {
      this.catchUp()
      return work()
    } finally {
      if (this.#sqlite.inTransaction) this.#commit.run()
    }
  }

  /** Reads what was committed since the last call. Only inside a transaction. */
  catchUp(): void {
    const version = this.dataVersion
    if (version === this.#seenVersion) return
    const changed = this.#states.refresh()
    for (const { id, points } of this.#after.all(this.#lastRow)) {
      eachLogged(points, (category, series, time, value) => {
        const state = this.#states.of(category)
        if (!isSealed(state, id, time)) state.head.add(id, series, time, value)
      })
      this.#lastRow = id
    }
    if (changed) this.dropSealed()
    this.#seenVersion = version
  }

  /** This process has committed a row of the log itself and added its points to the heads. */
  added(row: number): void {
    this.#lastRow = row
  }

  /** Forgets points that are in chunks by now. */
  dropSealed(): void {
    for (const state of this.#states.all()) {
      const { head, sealed, job } = state
      const oldest = head.length > 0 ? (head.rows[0] as number) : Number.POSITIVE_INFINITY
      if (oldest <= Math.max(sealed, job?.row ?? 0)) head.drop((row, time) => isSealed(state, row, time))
    }
  }

  /** After a transaction that was rolled back: look at everything again. */
  forget(): void {
    this.#seenVersion = -1
    this.#states.forget()
  }
}

/** True when a point of a row of the log is in a chunk already. */
function isSealed({ sealed, job }: CategoryState, row: number, time: number): boolean {
  return row <= sealed || (job !== null && row <= job.row && time < job.time)
}
