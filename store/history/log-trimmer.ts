// Removes rows of the log that are in chunks, all but the last few, which those read who follow the log, and the very
// newest, so that no id is ever given twice.

import type { Connection } from '../connection.ts'
import type { Live } from './live.ts'
import type { CategoryState } from './state.ts'

/** What stays for followers: two minutes of rounds, or less where rows are long. */
const rowsKept = 120
const bytesKept = 40_000
/** A handful of rows is not worth a transaction, and not worth looking for. */
const fewRows = rowsKept / 4
/** Rows removed in one transaction: a millisecond or two. */
const rowsAtOnce = 200

export class LogTrimmer {
  readonly #connection: Connection
  readonly #live: Live
  readonly #before
  readonly #firstKept
  readonly #remove
  /** Where things stood when there was nothing to remove: the first row that is not sealed, and the last. */
  #seen = { unsealed: -1, last: -1 }

  constructor(connection: Connection, live: Live) {
    this.#connection = connection
    this.#live = live
    this.#before = connection.sqlite.prepare<[number], { rows: number; bytes: number | null }>(
      'SELECT count(*) AS rows, sum(length(points)) AS bytes FROM log WHERE id < ?',
    )
    this.#firstKept = connection.sqlite
      .prepare<[], number | null>(
        `SELECT min(id) FROM (SELECT id, sum(length(points)) OVER (ORDER BY id DESC) AS bytes FROM log
           ORDER BY id DESC LIMIT ${rowsKept}) WHERE bytes <= ${bytesKept}`,
      )
      .pluck()
    this.#remove = connection.sqlite.prepare(
      `DELETE FROM log WHERE id < ? AND id < (SELECT min(id) FROM log) + ${rowsAtOnce} AND id < (SELECT max(id) FROM log)`,
    )
  }

  /** Removes some rows that every category has sealed; true when any were. */
  trim(states: readonly CategoryState[]): boolean {
    const last = this.#live.lastRow
    let unsealed = last
    for (const { head } of states) if (head.length > 0) unsealed = Math.min(unsealed, head.rows[0] as number)
    if (unsealed === this.#seen.unsealed && last < this.#seen.last + fewRows) return false
    const needed = Math.min(this.#connection.read(() => this.#firstKept.get()) ?? last, unsealed)
    const spare = this.#connection.read(() => this.#before.get(needed))
    if (!spare || (spare.rows < fewRows && (spare.bytes ?? 0) < bytesKept)) {
      this.#seen = { unsealed, last }
      return false
    }
    this.#connection.write(() => this.#remove.run(needed))
    return true
  }
}
