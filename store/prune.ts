// Removes what is older than the settings keep, oldest first and a few rows at a time, so that no other write
// waits long; then gives the freed pages back, so that the file follows the settings down as well as up.

import { statSync } from 'node:fs'
import type { Clock } from '../common/clock.ts'
import type { Catalogue } from './catalogue.ts'
import type { Connection } from './connection.ts'
import type { Forgetter } from './forget.ts'
import { floorTo, hourMs, minuteMs } from './levels.ts'
import type { Rollups } from './rollups.ts'
import type { PruneOptions } from './types.ts'

/** Rows deleted in one transaction: about a millisecond. */
const rowsAtOnce = 500
/** Pages given back in one step. */
const pagesAtOnce = 64
/** Free pages that stay for the points to come: giving them back only to grow again wears the disk. */
const sparePages = (pages: number) => 64 + Math.floor(pages / 20)
/** The log is emptied when it is longer than this. */
const logBytes = 16 * 1024 * 1024
/** How long emptying the log may wait for readers and writers of other processes. */
const checkpointWaitMs = 20

interface OldRound {
  id: number
  time: number
}

export interface PrunerParts {
  connection: Connection
  catalogue: Catalogue
  rollups: Rollups
  forgetter: Forgetter
  clock: Clock
}

export class Pruner {
  readonly #connection: Connection
  readonly #catalogue: Catalogue
  readonly #rollups: Rollups
  readonly #forgetter: Forgetter
  readonly #clock: Clock
  readonly #hasOld
  readonly #oldest
  readonly #remove
  readonly #emptyNewest
  /** Roll-ups before this are gone already. */
  #edge = Number.NEGATIVE_INFINITY
  /** The hour of the horizon when the catalogue was last rid of what is empty. */
  #forgottenUntil: number | undefined
  /** Pages were given back since the log was last emptied. */
  #gaveBack = false

  constructor({ connection, catalogue, rollups, forgetter, clock }: PrunerParts) {
    this.#connection = connection
    this.#catalogue = catalogue
    this.#rollups = rollups
    this.#forgetter = forgetter
    this.#clock = clock
    const { sqlite } = connection
    this.#hasOld = sqlite.prepare<[number]>('SELECT 1 FROM round WHERE time < ? AND category <> 0 LIMIT 1')
    // The row with the highest id is emptied instead, for an id must never be given twice.
    this.#oldest = sqlite.prepare<[number, number], OldRound>(
      'SELECT id, time FROM round WHERE time < ? AND id < (SELECT max(id) FROM round) ORDER BY time LIMIT ?',
    )
    this.#remove = sqlite.prepare('DELETE FROM round WHERE id = ?')
    this.#emptyNewest = sqlite.prepare(
      `UPDATE round SET category = 0, points = x'00'
       WHERE id = (SELECT max(id) FROM round) AND time < ? AND category <> 0`,
    )
  }

  /** True when more is left to do than `budgetMs` allowed. At least one step is taken. */
  prune({ now, maxAgeSeconds, budgetMs }: PruneOptions): boolean {
    const horizon = floorTo(now - maxAgeSeconds * 1000, minuteMs)
    const until = this.#clock.monotonic() + budgetMs
    const steps = [() => this.#removeSome(horizon), () => this.#giveBackSome()]
    for (const step of steps) {
      while (step()) if (this.#clock.monotonic() >= until) return true
    }
    this.#shortenLog()
    this.#forgetHourly(horizon)
    return false
  }

  /** One transaction; true when there may be more. */
  #removeSome(horizon: number): boolean {
    if (horizon <= this.#edge && !this.#connection.read(() => this.#hasOld.get(horizon))) return false
    return this.#connection.write(() => {
      const rows = this.#oldest.all(horizon, rowsAtOnce)
      for (const { id } of rows) this.#remove.run(id)
      const more = rows.length === rowsAtOnce
      if (!more) this.#emptyNewest.run(horizon)
      // The minute of the last row may have more rows: its roll-up goes with the last of them.
      this.#removeRollups(more ? floorTo(rows.at(-1)?.time ?? horizon, minuteMs) : horizon)
      return more
    })
  }

  #removeRollups(edge: number): void {
    for (const category of this.#catalogue.byId().keys()) this.#rollups.removeBefore(category, edge)
    this.#edge = edge
  }

  /** Moves a few pages from the end of the file into its gaps and cuts it; true when there are more. */
  #giveBackSome(): boolean {
    const { sqlite } = this.#connection
    const surplus = () => {
      const pages = Number(sqlite.pragma('page_count', { simple: true }))
      return Number(sqlite.pragma('freelist_count', { simple: true })) - sparePages(pages)
    }
    return this.#connection.read(() => {
      if (surplus() < pagesAtOnce) return false
      sqlite.pragma(`incremental_vacuum(${pagesAtOnce})`)
      this.#connection.commits += 1
      this.#gaveBack = true
      return surplus() >= pagesAtOnce
    })
  }

  #forgetHourly(horizon: number): void {
    const hour = floorTo(horizon, hourMs)
    // Not at the start: what was just declared is about to have its first point.
    if (hour !== (this.#forgottenUntil ?? hour)) this.#forgetter.forget()
    this.#forgottenUntil = hour
  }

  /** Writes the log into the file, which only then becomes shorter, and empties it. */
  #shortenLog(): void {
    const log = statSync(`${this.#connection.file}-wal`, { throwIfNoEntry: false })
    if (!this.#gaveBack && (log?.size ?? 0) <= logBytes) return
    this.#gaveBack = false
    this.#connection.impatient(checkpointWaitMs, () =>
      this.#connection.sqlite.pragma('wal_checkpoint(TRUNCATE)'),
    )
  }
}
