// What chunks are made of, cut, laid over one another and summed up: pure operations on blocks, without SQLite.

import type { Block } from '../codec/block.ts'
import { digitsOf } from '../codec/decimals.ts'
import { newColumns } from '../codec/room.ts'

export const emptyBlock = (width: 1 | 4): Block => ({
  times: new Float64Array(0),
  ids: [],
  columns: [],
  width,
})

/** Index of the first row at or after `time`. */
export function rowAt({ times }: Pick<Block, 'times'>, time: number): number {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((times[middle] as number) < time) low = middle + 1
    else high = middle
  }
  return low
}

/** Rows from `start` up to `end` (indexes), as views; series without a point there are left out. */
export function cut(block: Block, start: number, end: number): Block {
  const { times, ids, columns, width } = block
  if (start === 0 && end === times.length) return block
  const keptIds: number[] = []
  const kept: Float64Array[] = []
  for (const [index, id] of ids.entries()) {
    const parts = columns
      .slice(index * width, (index + 1) * width)
      .map((column) => column.subarray(start, end))
    if (!parts[0]?.some((value) => !Number.isNaN(value))) continue
    keptIds.push(id)
    kept.push(...parts)
  }
  return { times: times.subarray(start, end), ids: keptIds, columns: kept, width }
}

/** Rows with times in [from, to). */
export const between = (block: Block, from: number, to: number): Block =>
  cut(block, rowAt(block, from), rowAt(block, to))

/** All rows of all blocks in order of time; where two have a point of one series and time, the later block's counts. */
export function overlay(blocks: readonly Block[]): Block {
  const width = blocks[0]?.width ?? 1
  const filled = blocks.filter(({ times }) => times.length > 0)
  const [only] = filled
  if (only && filled.length === 1) return only
  const times = mergedTimes(filled.map((block) => block.times))
  const places = new Map<number, number>()
  for (const { ids } of filled) for (const id of ids) if (!places.has(id)) places.set(id, places.size)
  const ids = [...places.keys()].sort((a, b) => a - b)
  for (const [place, id] of ids.entries()) places.set(id, place)
  const columns = newColumns(ids.length * width, times.length)
  for (const column of columns) column.fill(Number.NaN)
  for (const block of filled) copyInto(columns, places, times, block)
  return { times, ids, columns, width }
}

function copyInto(
  columns: readonly Float64Array[],
  places: ReadonlyMap<number, number>,
  times: Float64Array,
  block: Block,
): void {
  const rows = new Uint32Array(block.times.length)
  let row = rowAt({ times }, block.times[0] as number)
  for (let i = 0; i < rows.length; i++) {
    while ((times[row] as number) < (block.times[i] as number)) row++
    rows[i] = row
  }
  for (const [index, id] of block.ids.entries()) {
    for (let part = 0; part < block.width; part++) {
      const from = block.columns[index * block.width + part] as Float64Array
      const to = columns[(places.get(id) as number) * block.width + part] as Float64Array
      for (let i = 0; i < rows.length; i++) {
        const value = from[i] as number
        if (!Number.isNaN(value)) to[rows[i] as number] = value
      }
    }
  }
}

function mergedTimes(all: readonly Float64Array[]): Float64Array {
  let total = 0
  for (const times of all) total += times.length
  const joined = new Float64Array(total)
  let at = 0
  let ascending = true
  for (const times of all) {
    if (at > 0 && (times[0] as number) <= (joined[at - 1] as number)) ascending = false
    joined.set(times, at)
    at += times.length
  }
  if (ascending) return joined
  return withoutRepeats(joined.sort())
}

/** All rows of two blocks in order of time; rows of one time follow one another. For `rollUp`, which adds them up. */
export function interleave(one: Block, other: Block): Block {
  const times = new Float64Array(one.times.length + other.times.length)
  times.set(one.times)
  times.set(other.times, one.times.length)
  const order = Uint32Array.from(times.keys()).sort(
    (a, b) => (times[a] as number) - (times[b] as number) || a - b,
  )
  const ids = [...new Set([...one.ids, ...other.ids])].sort((a, b) => a - b)
  const columns: Float64Array[] = []
  for (const id of ids) {
    for (let part = 0; part < one.width; part++) {
      const joined = new Float64Array(times.length).fill(Number.NaN)
      joined.set(columnOf(one, id, part) ?? [])
      joined.set(columnOf(other, id, part) ?? [], one.times.length)
      columns.push(Float64Array.from(order, (row) => joined[row] as number))
    }
  }
  return { times: Float64Array.from(order, (row) => times[row] as number), ids, columns, width: one.width }
}

/** One column of a series; undefined where the block does not know the series. */
export function columnOf({ ids, columns, width }: Block, id: number, part = 0): Float64Array | undefined {
  const index = ids.indexOf(id)
  return index < 0 ? undefined : columns[index * width + part]
}

/** Parts of equal length, none longer than `most` rows. */
export function split(block: Block, most: number): Block[] {
  const rows = block.times.length
  const parts = Math.ceil(rows / most)
  return Array.from({ length: parts }, (_, i) =>
    cut(block, Math.floor((rows * i) / parts), Math.floor((rows * (i + 1)) / parts)),
  )
}

/** Points in any order as a block; of two for one series and time the later counts. */
export function blockOfPoints(points: {
  length: number
  times: Float64Array
  series: Uint32Array
  values: Float64Array
}): Block {
  const unique = withoutRepeats(points.times.slice(0, points.length).sort())
  const ids = [...new Set(points.series.subarray(0, points.length))].sort((a, b) => a - b)
  const columns = newColumns(ids.length, unique.length)
  for (const column of columns) column.fill(Number.NaN)
  const columnOfSeries = new Map(ids.map((id, index) => [id, columns[index] as Float64Array]))
  let row = 0
  for (let i = 0; i < points.length; i++) {
    const time = points.times[i] as number
    const series = points.series[i] as number
    if (unique[row] !== time) row = unique[row + 1] === time ? row + 1 : rowAt({ times: unique }, time)
    const column = columnOfSeries.get(series)
    if (column) column[row] = points.values[i] as number
  }
  return { times: unique, ids, columns, width: 1 }
}

function withoutRepeats(sorted: Float64Array): Float64Array {
  let kept = 0
  for (let i = 0; i < sorted.length; i++) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) sorted[kept++] = sorted[i] as number
  }
  return sorted.subarray(0, kept)
}

/** Count, min, max and sum of points, or of shorter buckets, by buckets of `stepMs`. */
export function rollUp(block: Block, stepMs: number): Block {
  const rowOf = new Uint32Array(block.times.length)
  const starts: number[] = []
  for (let i = 0; i < rowOf.length; i++) {
    const start = Math.floor((block.times[i] as number) / stepMs) * stepMs
    if (starts.at(-1) !== start) starts.push(start)
    rowOf[i] = starts.length - 1
  }
  const columns = newColumns(block.ids.length * 4, starts.length)
  for (let index = 0; index < block.ids.length; index++) {
    const own = block.columns.slice(index * block.width, (index + 1) * block.width)
    sumUp(own, rowOf, columns.slice(index * 4, (index + 1) * 4))
  }
  return { times: Float64Array.from(starts), ids: block.ids, columns, width: 4 }
}

/** Fills the columns count, min, max and sum of one series. */
function sumUp(own: readonly Float64Array[], rowOf: Uint32Array, into: readonly Float64Array[]): void {
  for (const column of into) column.fill(Number.NaN)
  const [count, min, max, sum] = into as [Float64Array, Float64Array, Float64Array, Float64Array]
  const values = own[0] as Float64Array
  const sums = own[3] ?? values
  const [counts, mins, maxs] = own.length === 4 ? own : [undefined, values, values]
  const add = summer(sums)
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i] as number)) continue
    const row = rowOf[i] as number
    const known = count[row] as number
    const more = counts ? (counts[i] as number) : 1
    const least = mins?.[i] as number
    const most = maxs?.[i] as number
    if (Number.isNaN(known)) {
      count[row] = more
      min[row] = least
      max[row] = most
      sum[row] = sums[i] as number
    } else {
      count[row] = known + more
      if (least < (min[row] as number)) min[row] = least
      if (most > (max[row] as number)) max[row] = most
      sum[row] = add(sum[row] as number, sums[i] as number)
    }
  }
}

/** Adds up decimals without the dust that float64 gathers: what all addends are multiples of, the sum is too. */
function summer(values: Float64Array): (a: number, b: number) => number {
  let digits = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    if (Number.isNaN(value)) continue
    const needed = digitsOf(value)
    if (needed < 0) return (a, b) => a + b
    if (needed > digits) digits = needed
  }
  if (digits === 0) return (a, b) => a + b
  const power = 10 ** digits
  return (a, b) => {
    const plain = a + b
    const whole = Math.round(plain * power)
    return Math.abs(whole) < 2 ** 50 ? whole / power : plain
  }
}
