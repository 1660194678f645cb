// Where points and buckets of any level are added up into the buckets that were asked for.

import type { Block } from '../codec/block.ts'
import type { SeriesBuckets } from '../types.ts'
import { floorTo } from './levels.ts'

/** Where the buckets lie; `from` is a multiple of `stepMs`. */
export interface Grid {
  from: number
  stepMs: number
  length: number
}

interface Columns {
  count: Float64Array
  min: Float64Array
  max: Float64Array
  sum: Float64Array
}

export class Sink {
  readonly grid: Grid
  readonly #series = new Map<number, Columns>()
  #buckets = new Int32Array(4096)

  constructor(grid: Grid) {
    this.grid = grid
  }

  get to(): number {
    return this.grid.from + this.grid.length * this.grid.stepMs
  }

  /** Adds rows from `start` up to `end` (indexes); all of them lie in the grid. */
  addBlock(block: Block, start: number, end: number): void {
    if (start >= end) return
    this.#placeRows(block.times, start, end)
    for (let index = 0; index < block.ids.length; index++) {
      const columns = this.#columnsOf(block.ids[index] as number)
      const own = block.columns.slice(index * block.width, (index + 1) * block.width)
      if (block.width === 1) this.#addValues(columns, own[0] as Float64Array, start, end)
      else this.#addBuckets(columns, own, start, end)
    }
  }

  addPoint(series: number, time: number, value: number): void {
    const { from, stepMs } = this.grid
    const { count, min, max, sum } = this.#columnsOf(series)
    const bucket = Math.floor((time - from) / stepMs)
    if ((count[bucket] as number) === 0 || value < (min[bucket] as number)) min[bucket] = value
    if ((count[bucket] as number) === 0 || value > (max[bucket] as number)) max[bucket] = value
    count[bucket] = (count[bucket] as number) + 1
    sum[bucket] = (sum[bucket] as number) + value
  }

  /** Columns of the series if any of its points was added. */
  finish(series: number): Omit<SeriesBuckets, 'id' | 'label'> | undefined {
    const columns = this.#series.get(series)
    if (!columns?.count.some((count) => count > 0)) return undefined
    const { count, min, max, sum } = columns
    const mean = sum
    for (let i = 0; i < mean.length; i++) {
      mean[i] = meanOf(sum[i] as number, count[i] as number, min[i] as number, max[i] as number)
    }
    return { count, min, mean, max }
  }

  /** Notes the bucket of every row. */
  #placeRows(times: Float64Array, start: number, end: number): void {
    const { from, stepMs } = this.grid
    if (end - start > this.#buckets.length) this.#buckets = new Int32Array(end - start)
    let bucket = Math.floor(((times[start] as number) - from) / stepMs)
    let bucketEnd = from + (bucket + 1) * stepMs
    for (let i = start; i < end; i++) {
      const time = times[i] as number
      if (time >= bucketEnd) {
        bucket = Math.floor((time - from) / stepMs)
        bucketEnd = floorTo(time, stepMs) + stepMs
      }
      this.#buckets[i - start] = bucket
    }
  }

  #addValues({ count, min, max, sum }: Columns, values: Float64Array, start: number, end: number): void {
    const buckets = this.#buckets
    for (let i = start; i < end; i++) {
      const value = values[i] as number
      if (Number.isNaN(value)) continue
      const bucket = buckets[i - start] as number
      const known = count[bucket] as number
      if (known === 0) {
        min[bucket] = value
        max[bucket] = value
      } else if (value < (min[bucket] as number)) min[bucket] = value
      else if (value > (max[bucket] as number)) max[bucket] = value
      count[bucket] = known + 1
      sum[bucket] = (sum[bucket] as number) + value
    }
  }

  #addBuckets(
    { count, min, max, sum }: Columns,
    own: readonly Float64Array[],
    start: number,
    end: number,
  ): void {
    const [counts, mins, maxs, sums] = own as [Float64Array, Float64Array, Float64Array, Float64Array]
    const buckets = this.#buckets
    for (let i = start; i < end; i++) {
      const more = counts[i] as number
      if (Number.isNaN(more)) continue
      const bucket = buckets[i - start] as number
      const known = count[bucket] as number
      if (known === 0 || (mins[i] as number) < (min[bucket] as number)) min[bucket] = mins[i] as number
      if (known === 0 || (maxs[i] as number) > (max[bucket] as number)) max[bucket] = maxs[i] as number
      count[bucket] = known + more
      sum[bucket] = (sum[bucket] as number) + (sums[i] as number)
    }
  }

  #columnsOf(series: number): Columns {
    let columns = this.#series.get(series)
    if (!columns) {
      columns = columnsOf(this.grid.length)
      this.#series.set(series, columns)
    }
    return columns
  }
}

/** One array for all four: long enough to have pages of its own, which go back as soon as it is freed. */
function columnsOf(length: number): Columns {
  const all = new Float64Array(4 * length)
  const part = (index: number) => all.subarray(index * length, (index + 1) * length)
  return { count: part(0), min: part(1).fill(Number.NaN), max: part(2).fill(Number.NaN), sum: part(3) }
}

/** Rounding, and sums beyond float64, must not carry a mean past the extremes that it lies between. */
function meanOf(sum: number, count: number, min: number, max: number): number {
  if (count === 0) return Number.NaN
  const mean = sum / count
  return Number.isNaN(mean) ? min / 2 + max / 2 : Math.min(Math.max(mean, min), max)
}
