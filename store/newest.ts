// Finds the newest value of every series at or before a moment by walking down: hours that know the series,
// their minutes, then the rounds, so that a series that fell silent long ago costs a few rows and not a scan.

import type { Database } from 'better-sqlite3'
import { floorTo, hourMs, minuteMs } from './levels.ts'
import { eachOfRollup } from './rollup-codec.ts'
import { eachOfRound } from './round-codec.ts'

export interface TimedValue {
  time: number
  value: number
}

interface TimedBlob {
  time: number
  blob: Buffer
}

/** Rows read at a time: mostly the first one has all. */
const pageRows = 4

export class Newest {
  readonly #rounds
  readonly #rollups
  readonly #firstMinute
  readonly #lastMinute
  readonly #firstRound
  readonly #lastRound

  constructor(sqlite: Database) {
    this.#rounds = sqlite.prepare<[number, number, number, number], TimedBlob>(
      `SELECT time, points AS blob FROM round WHERE category = ? AND time >= ? AND time <= ?
       ORDER BY time DESC LIMIT ?`,
    )
    this.#rollups = sqlite.prepare<[number, number, number, number, number], TimedBlob>(
      `SELECT start AS time, summaries AS blob FROM rollup
       WHERE category = ? AND step = ? AND start >= ? AND start <= ? ORDER BY start DESC LIMIT ?`,
    )
    const ofMinutes = (edge: string) =>
      sqlite
        .prepare<[number], number | null>(
          `SELECT ${edge}(start) FROM rollup WHERE category = ? AND step = ${minuteMs}`,
        )
        .pluck()
    const ofRounds = (edge: string) =>
      sqlite
        .prepare<[number, number, number], number | null>(
          `SELECT ${edge}(time) FROM round WHERE time >= ? AND time < ? AND category = ?`,
        )
        .pluck()
    this.#firstMinute = ofMinutes('min')
    this.#lastMinute = ofMinutes('max')
    this.#firstRound = ofRounds('min')
    this.#lastRound = ofRounds('max')
  }

  /** Times (ms) of the first and last point of a category. */
  edges(category: number): { firstTime: number | null; lastTime: number | null } {
    const first = this.#firstMinute.get(category) ?? null
    const last = this.#lastMinute.get(category) ?? null
    if (first === null || last === null) return { firstTime: null, lastTime: null }
    return {
      firstTime: this.#firstRound.get(first, first + minuteMs, category) ?? null,
      lastTime: this.#lastRound.get(last, last + minuteMs, category) ?? null,
    }
  }

  /** The newest value in [from, to] of each of `series` that has one there. */
  values(category: number, series: Iterable<number>, from: number, to: number): Map<number, TimedValue> {
    const missing = new Set(series)
    const found = new Map<number, TimedValue>()
    for (const hour of this.#knowing(category, missing, hourMs, from, to)) {
      const [hourFrom, hourTo] = [Math.max(from, hour), Math.min(to, hour + hourMs - 1)]
      for (const minute of this.#knowing(category, missing, minuteMs, hourFrom, hourTo)) {
        const [minuteFrom, minuteTo] = [Math.max(from, minute), Math.min(to, minute + minuteMs - 1)]
        this.#take(category, missing, found, minuteFrom, minuteTo)
      }
    }
    return found
  }

  /** Starts of the buckets over [from, to] that know any of `series`, newest first, while any is missing. */
  *#knowing(category: number, series: ReadonlySet<number>, step: number, from: number, to: number) {
    const read = (upTo: number) => this.#rollups.all(category, step, floorTo(from, step), upTo, pageRows)
    for (const { time, blob } of pages(read, to)) {
      if (series.size === 0) return
      let knows = false
      eachOfRollup(blob, (id) => {
        knows ||= series.has(id)
      })
      if (knows) yield time
    }
  }

  #take(
    category: number,
    missing: Set<number>,
    found: Map<number, TimedValue>,
    from: number,
    to: number,
  ): void {
    const read = (upTo: number) => this.#rounds.all(category, from, upTo, pageRows)
    for (const { time, blob } of pages(read, to)) {
      eachOfRound(blob, (id, value) => {
        if (missing.delete(id)) found.set(id, { time, value })
      })
      if (missing.size === 0) return
    }
  }
}

/** Rows newest first, read page by page so that no statement is left open between two of them. */
function* pages(read: (upTo: number) => TimedBlob[], to: number): Generator<TimedBlob> {
  let upTo = to
  for (;;) {
    const page = read(upTo)
    yield* page
    const last = page.at(-1)
    if (!last || page.length < pageRows) return
    upTo = last.time - 1
  }
}
