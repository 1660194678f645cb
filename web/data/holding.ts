// What the app holds of one category: a run of buckets in columns of typed arrays, as the graphs draw them. Live
// points grow it at its right end; a further answer with the same bucket length is joined to it.

import type { ColumnBuckets } from '../../common/buckets-binary.ts'

export interface SeriesColumns {
  /** Points in the bucket; 0 is a gap, and then the others are NaN. */
  count: Float64Array
  min: Float64Array
  mean: Float64Array
  max: Float64Array
}

export interface Holding {
  /** Start of the first bucket (ms), a multiple of stepMs. */
  from: number
  /** Length of a bucket in ms. */
  stepMs: number
  /** Number of buckets; columns may be longer, what lies behind is empty. */
  length: number
  /** Nominal time between two points (ms); 0 when irregular or unknown. */
  everyMs: number
  /** By series id. */
  columns: Map<number, SeriesColumns>
}

const names = ['count', 'min', 'mean', 'max'] as const

/** End of the last bucket (ms). */
export const endOf = ({ from, stepMs, length }: Holding): number => from + length * stepMs

export const emptyColumns = (length: number): SeriesColumns => ({
  count: new Float64Array(length),
  min: new Float64Array(length).fill(Number.NaN),
  mean: new Float64Array(length).fill(Number.NaN),
  max: new Float64Array(length).fill(Number.NaN),
})

/** An answer's buckets, which it gives away. */
export function fromAnswer({ from, stepMs, length, series }: ColumnBuckets, everyMs: number): Holding {
  const columns = new Map<number, SeriesColumns>()
  for (const { id, count, min, mean, max } of series) columns.set(id, { count, min, mean, max })
  return { from, stepMs, length, everyMs, columns }
}

/**
 * Both runs as one; `newer` wins where they overlap, but for its first and last bucket, which may cover a part of
 * their time only: there the one with more points wins. Null when they cannot be one: other bucket lengths, or a
 * hole between them, of which nobody knows whether it is a gap.
 */
export function join(older: Holding, newer: Holding): Holding | null {
  if (older.stepMs !== newer.stepMs) return null
  if (endOf(older) < newer.from || endOf(newer) < older.from) return null
  const from = Math.min(older.from, newer.from)
  const to = Math.max(endOf(older), endOf(newer))
  const joined: Holding = {
    ...newer,
    from,
    length: Math.round((to - from) / newer.stepMs),
    columns: new Map(),
  }
  for (const id of new Set([...older.columns.keys(), ...newer.columns.keys()])) {
    const columns = emptyColumns(joined.length)
    place(older, id, columns, from)
    const first = Math.round((newer.from - from) / newer.stepMs)
    const edges = [first, first + newer.length - 1].map((index) => bucketAt(columns, index))
    clear(newer, columns, from)
    place(newer, id, columns, from)
    for (const edge of edges) if (edge.count > (columns.count[edge.index] ?? 0)) setBucket(columns, edge)
    joined.columns.set(id, columns)
  }
  return joined
}

interface Bucket {
  index: number
  count: number
  min: number
  mean: number
  max: number
}

const bucketAt = (columns: SeriesColumns, index: number): Bucket => ({
  index,
  count: columns.count[index] ?? 0,
  min: columns.min[index] ?? Number.NaN,
  mean: columns.mean[index] ?? Number.NaN,
  max: columns.max[index] ?? Number.NaN,
})

function setBucket(columns: SeriesColumns, bucket: Bucket): void {
  for (const name of names) columns[name][bucket.index] = bucket[name]
}

/** The buckets of [from, to) alone, with copies of the columns. */
export function cut(holding: Holding, from: number, to: number): Holding {
  const { stepMs } = holding
  const first = Math.max(0, Math.floor((from - holding.from) / stepMs))
  const last = Math.min(holding.length, Math.ceil((to - holding.from) / stepMs))
  const length = Math.max(0, last - first)
  const columns = new Map<number, SeriesColumns>()
  for (const [id, old] of holding.columns) {
    const kept = emptyColumns(length)
    for (const name of names) kept[name].set(old[name].subarray(first, first + length))
    columns.set(id, kept)
  }
  return { ...holding, from: holding.from + first * stepMs, length, columns }
}

/**
 * Adds a live point to its bucket, growing to the right where the bucket does not exist yet. A bucket that holds one
 * point only (bucket length up to the nominal interval) takes the new value instead, as the store does; one that has
 * as many points as there can be up to that time has it already.
 * Returns false for a point before the first bucket.
 */
export function addPoint(holding: Holding, id: number, time: number, value: number): boolean {
  const { from, stepMs, everyMs } = holding
  const index = Math.floor((time - from) / stepMs)
  if (index < 0) return false
  if (index >= holding.length) holding.length = index + 1
  const columns = roomFor(holding, id)
  const before = stepMs <= everyMs ? 0 : (columns.count[index] ?? 0)
  if (everyMs > 0 && before > Math.floor((time - from - index * stepMs) / everyMs)) return true
  columns.count[index] = before + 1
  columns.min[index] = before === 0 ? value : Math.min(columns.min[index] ?? value, value)
  columns.max[index] = before === 0 ? value : Math.max(columns.max[index] ?? value, value)
  columns.mean[index] = before === 0 ? value : ((columns.mean[index] ?? 0) * before + value) / (before + 1)
  return true
}

/** The series' columns, at least `holding.length` long; a quarter more when they had to grow. */
function roomFor(holding: Holding, id: number): SeriesColumns {
  const old = holding.columns.get(id)
  if (old && old.count.length >= holding.length) return old
  const grown = emptyColumns(Math.ceil(holding.length * 1.25) + 16)
  if (old) for (const name of names) grown[name].set(old[name])
  holding.columns.set(id, grown)
  return grown
}

/** Makes every column at least as long as the holding says. */
export function evenOut(holding: Holding): void {
  for (const id of holding.columns.keys()) roomFor(holding, id)
}

function place(source: Holding, id: number, into: SeriesColumns, from: number): void {
  const columns = source.columns.get(id)
  if (!columns) return
  const offset = Math.round((source.from - from) / source.stepMs)
  for (const name of names) into[name].set(columns[name].subarray(0, source.length), offset)
}

function clear(source: Holding, columns: SeriesColumns, from: number): void {
  const offset = Math.round((source.from - from) / source.stepMs)
  columns.count.fill(0, offset, offset + source.length)
  for (const name of ['min', 'mean', 'max'] as const) {
    columns[name].fill(Number.NaN, offset, offset + source.length)
  }
}
