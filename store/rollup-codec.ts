// The blob of a roll-up: how many series; per series the distance of its id from the one before and its count;
// then min, max and sum of each as float64 (little endian).

import { type Cursor, readVarint, varintBytes, writeVarint } from './varint.ts'

/** All points of one series in one bucket, summed up. */
export interface Summary {
  count: number
  min: number
  max: number
  sum: number
}

/** Summary by series id. */
export type Summaries = Map<number, Summary>

const bytesOfSummary = 3 * 8

/** Adds one point to its series. */
export function addValue(summaries: Summaries, series: number, value: number): void {
  addSummary(summaries, series, 1, value, value, value)
}

/** Adds a summary to that of its series. */
export function addSummary(
  summaries: Summaries,
  series: number,
  count: number,
  min: number,
  max: number,
  sum: number,
): void {
  const known = summaries.get(series)
  if (!known) {
    summaries.set(series, { count, min, max, sum })
    return
  }
  known.count += count
  known.sum += sum
  if (min < known.min) known.min = min
  if (max > known.max) known.max = max
}

/** Adds every summary of `more` to `summaries`. */
export function addSummaries(summaries: Summaries, more: Summaries): void {
  for (const [series, { count, min, max, sum }] of more) addSummary(summaries, series, count, min, max, sum)
}

export function packRollup(summaries: Summaries): Buffer {
  const entries = [...summaries].sort(([a], [b]) => a - b)
  const most = varintBytes + entries.length * (2 * varintBytes + bytesOfSummary)
  const cursor: Cursor = { bytes: Buffer.allocUnsafe(most), at: 0 }
  writeVarint(cursor, entries.length)
  let before = 0
  for (const [id, { count }] of entries) {
    writeVarint(cursor, id - before)
    writeVarint(cursor, count)
    before = id
  }
  for (const [, { min, max, sum }] of entries) {
    cursor.at = cursor.bytes.writeDoubleLE(min, cursor.at)
    cursor.at = cursor.bytes.writeDoubleLE(max, cursor.at)
    cursor.at = cursor.bytes.writeDoubleLE(sum, cursor.at)
  }
  return cursor.bytes.subarray(0, cursor.at)
}

/** Calls `visit` for every series of a roll-up, ascending by id. */
export function eachOfRollup(
  blob: Buffer,
  visit: (series: number, count: number, min: number, max: number, sum: number) => void,
): void {
  const cursor: Cursor = { bytes: blob, at: 0 }
  const entries = readVarint(cursor)
  let at = blob.length - bytesOfSummary * entries
  let id = 0
  for (let i = 0; i < entries; i++, at += bytesOfSummary) {
    id += readVarint(cursor)
    const count = readVarint(cursor)
    visit(id, count, blob.readDoubleLE(at), blob.readDoubleLE(at + 8), blob.readDoubleLE(at + 16))
  }
}

export function unpackRollup(blob: Buffer): Summaries {
  const summaries: Summaries = new Map()
  eachOfRollup(blob, (series, count, min, max, sum) => summaries.set(series, { count, min, max, sum }))
  return summaries
}
