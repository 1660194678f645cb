// Answers with one bucket per few pixels: read from the longest level that fits the buckets, or from the rounds
// themselves where the buckets are short, so that the work follows the pixels and not the years.

import type { Database } from 'better-sqlite3'
import { bucketStep } from '../common/ladder.ts'
import { Problem } from '../common/problem.ts'
import type { CategoryEntry } from './catalogue.ts'
import { floorTo, levelFor } from './levels.ts'
import { eachOfRollup } from './rollup-codec.ts'
import { eachOfRound } from './round-codec.ts'
import type { Buckets, Query, SeriesBuckets } from './types.ts'

/** Where the buckets lie. */
interface Grid {
  from: number
  stepMs: number
  length: number
}

/** The columns of one series while they are filled. */
interface Columns {
  count: Float64Array
  min: Float64Array
  sum: Float64Array
  max: Float64Array
}

interface TimedBlob {
  time: number
  blob: Buffer
}

export class Querier {
  readonly #rounds
  readonly #rollups

  constructor(sqlite: Database) {
    this.#rounds = sqlite.prepare<[number, number, number], TimedBlob>(
      'SELECT time, points AS blob FROM round WHERE time >= ? AND time < ? AND category = ?',
    )
    this.#rollups = sqlite.prepare<[number, number, number, number], TimedBlob>(
      `SELECT start AS time, summaries AS blob FROM rollup
       WHERE category = ? AND step = ? AND start >= ? AND start < ?`,
    )
  }

  /** Whole buckets: the first and last hold all their points, also those just outside the window. */
  query(query: Query, category: CategoryEntry | undefined): Buckets {
    check(query)
    const grid = gridOf(query, category?.declaration.everySeconds ?? 0)
    const columns = category ? this.#fill(category.id, grid) : new Map<number, Columns>()
    const series: SeriesBuckets[] = []
    for (const { id, label } of category?.series.values() ?? []) {
      const filled = columns.get(id)
      if (filled) series.push({ id, label, ...finish(filled) })
    }
    return { ...grid, series }
  }

  #fill(category: number, { from, stepMs, length }: Grid): Map<number, Columns> {
    const all = new Map<number, Columns>()
    const columnsOf = (series: number) => all.get(series) ?? makeColumns(all, series, length)
    const to = from + length * stepMs
    const level = levelFor(stepMs)
    if (level === 0) {
      for (const { time, blob } of this.#rounds.all(from, to, category)) {
        const bucket = Math.floor((time - from) / stepMs)
        eachOfRound(blob, (id, value) => add(columnsOf(id), bucket, 1, value, value, value))
      }
    } else {
      for (const { time, blob } of this.#rollups.all(category, level, from, to)) {
        const bucket = Math.floor((time - from) / stepMs)
        eachOfRollup(blob, (id, count, min, max, sum) => add(columnsOf(id), bucket, count, min, max, sum))
      }
    }
    return all
  }
}

function check({ from, to, buckets }: Query): void {
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from >= to) {
    throw new Problem('invalid', 'from and to are not a window of time', {
      field: 'from',
      given: [from, to],
      expected: 'whole milliseconds since 1970, from before to',
    })
  }
  if (!Number.isSafeInteger(buckets) || buckets < 1) {
    throw new Problem('invalid', 'buckets is not a number of buckets', {
      field: 'buckets',
      given: buckets,
      expected: 'a whole number of at least 1',
    })
  }
}

function gridOf({ from, to, buckets }: Query, everySeconds: number): Grid {
  const lengthOf = (step: number) => Math.ceil(to / step) - Math.floor(from / step)
  let stepMs = bucketStep(from, to, buckets, everySeconds * 1000)
  // A window longer than the ladder reaches; two buckets always suffice around 1970, one elsewhere.
  while (lengthOf(stepMs) > Math.max(buckets, from < 0 && to > 0 ? 2 : 1)) stepMs *= 2
  return { from: floorTo(from, stepMs), stepMs, length: lengthOf(stepMs) }
}

function makeColumns(all: Map<number, Columns>, series: number, length: number): Columns {
  const columns: Columns = {
    count: new Float64Array(length),
    min: new Float64Array(length).fill(Number.NaN),
    sum: new Float64Array(length),
    max: new Float64Array(length).fill(Number.NaN),
  }
  all.set(series, columns)
  return columns
}

function add(columns: Columns, bucket: number, count: number, min: number, max: number, sum: number): void {
  const before = columns.count[bucket] ?? 0
  columns.count[bucket] = before + count
  columns.sum[bucket] = (columns.sum[bucket] ?? 0) + sum
  if (before === 0 || min < (columns.min[bucket] ?? min)) columns.min[bucket] = min
  if (before === 0 || max > (columns.max[bucket] ?? max)) columns.max[bucket] = max
}

function finish({ count, min, sum, max }: Columns): Omit<SeriesBuckets, 'id' | 'label'> {
  const mean = sum.map((total, i) => meanOf(total, count[i] ?? 0, min[i] ?? 0, max[i] ?? 0))
  return { count, min, mean, max }
}

/** Rounding, and sums beyond float64, must not carry a mean past the extremes that it lies between. */
function meanOf(sum: number, count: number, min: number, max: number): number {
  if (count === 0) return Number.NaN
  const mean = sum / count
  return Number.isNaN(mean) ? min / 2 + max / 2 : Math.min(Math.max(mean, min), max)
}
