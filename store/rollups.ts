// Keeps the roll-ups right: new points are added to the buckets that hold them; after a point was replaced its
// buckets are summed up anew from what is stored.

import type { Database } from 'better-sqlite3'
import { floorTo, hourMs, levelsMs, minuteMs } from './levels.ts'
import { addSummaries, addValue, packRollup, type Summaries, unpackRollup } from './rollup-codec.ts'
import { eachOfRound } from './round-codec.ts'

/** What one write did to one minute of one category. */
export interface TouchedMinute {
  added: Summaries
  /** True: a value was replaced, adding is not enough. */
  replaced: boolean
}

interface RollupRow {
  id: number
  summaries: Buffer
}

export class Rollups {
  /** Rows written since this process began. */
  rowsWritten = 0
  readonly #find
  readonly #insert
  readonly #update
  readonly #remove
  readonly #removeBefore
  readonly #minutes
  readonly #rounds

  constructor(sqlite: Database) {
    this.#find = sqlite.prepare<[number, number, number], RollupRow>(
      'SELECT id, summaries FROM rollup WHERE category = ? AND step = ? AND start = ?',
    )
    this.#insert = sqlite.prepare('INSERT INTO rollup (category, step, start, summaries) VALUES (?, ?, ?, ?)')
    this.#update = sqlite.prepare('UPDATE rollup SET summaries = ? WHERE id = ?')
    this.#remove = sqlite.prepare('DELETE FROM rollup WHERE category = ? AND step = ? AND start = ?')
    this.#removeBefore = sqlite.prepare('DELETE FROM rollup WHERE category = ? AND step = ? AND start < ?')
    this.#minutes = sqlite
      .prepare<[number, number, number], Buffer>(
        `SELECT summaries FROM rollup WHERE category = ? AND step = ${minuteMs} AND start >= ? AND start < ?
         ORDER BY start`,
      )
      .pluck()
    this.#rounds = sqlite
      .prepare<[number, number, number], Buffer>(
        'SELECT points FROM round WHERE time >= ? AND time < ? AND category = ? ORDER BY time',
      )
      .pluck()
  }

  /** Brings every level of a category up to date after a write that touched `minutes` (by start). */
  apply(category: number, minutes: ReadonlyMap<number, TouchedMinute>): void {
    const hours = new Map<number, TouchedMinute>()
    for (const [start, { added, replaced }] of minutes) {
      if (replaced) this.#replace(category, minuteMs, start, this.#sumRounds(category, start))
      else this.#add(category, minuteMs, start, added)
      const hour = touched(hours, floorTo(start, hourMs))
      hour.replaced ||= replaced
      addSummaries(hour.added, added)
    }
    for (const [start, { added, replaced }] of hours) {
      if (replaced) this.#replace(category, hourMs, start, this.#sumMinutes(category, start))
      else this.#add(category, hourMs, start, added)
    }
  }

  /** Removes all that lies before `edge`, a minute's start; the hour that it cuts keeps its later minutes. */
  removeBefore(category: number, edge: number): void {
    const removed = levelsMs.map(
      (step) => this.#removeBefore.run(category, step, floorTo(edge, step)).changes,
    )
    const hour = floorTo(edge, hourMs)
    if (removed[0] && hour !== edge) this.#replace(category, hourMs, hour, this.#sumMinutes(category, hour))
  }

  #add(category: number, step: number, start: number, added: Summaries): void {
    const row = this.#find.get(category, step, start)
    if (!row) {
      this.#insert.run(category, step, start, packRollup(added))
    } else {
      const summaries = unpackRollup(row.summaries)
      addSummaries(summaries, added)
      this.#update.run(packRollup(summaries), row.id)
    }
    this.rowsWritten += 1
  }

  #replace(category: number, step: number, start: number, summaries: Summaries): void {
    this.#remove.run(category, step, start)
    if (summaries.size === 0) return
    this.#insert.run(category, step, start, packRollup(summaries))
    this.rowsWritten += 1
  }

  #sumRounds(category: number, minute: number): Summaries {
    const sums: Summaries = new Map()
    for (const points of this.#rounds.all(minute, minute + minuteMs, category)) {
      eachOfRound(points, (series, value) => addValue(sums, series, value))
    }
    return sums
  }

  #sumMinutes(category: number, hour: number): Summaries {
    const sums: Summaries = new Map()
    for (const blob of this.#minutes.all(category, hour, hour + hourMs))
      addSummaries(sums, unpackRollup(blob))
    return sums
  }
}

/** The entry of `start`, made when it is missing. */
export function touched(buckets: Map<number, TouchedMinute>, start: number): TouchedMinute {
  let entry = buckets.get(start)
  if (!entry) {
    entry = { added: new Map(), replaced: false }
    buckets.set(start, entry)
  }
  return entry
}
