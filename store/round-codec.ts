// The blob of a round: how many series, their ids ascending (each as the distance from the one before), then
// one float64 (little endian) per series. Bit for bit what was given; labels may come and go.

import { type Cursor, readVarint, varintBytes, writeVarint } from './varint.ts'

/** Value by series id. */
export type RoundValues = Map<number, number>

export function packRound(values: RoundValues): Buffer {
  const ids = [...values.keys()].sort((a, b) => a - b)
  const cursor: Cursor = { bytes: Buffer.allocUnsafe((ids.length + 1) * varintBytes + ids.length * 8), at: 0 }
  writeVarint(cursor, ids.length)
  let before = 0
  for (const id of ids) {
    writeVarint(cursor, id - before)
    before = id
  }
  for (const id of ids) cursor.at = cursor.bytes.writeDoubleLE(values.get(id) ?? Number.NaN, cursor.at)
  return cursor.bytes.subarray(0, cursor.at)
}

/** Calls `visit` for every series of a round, ascending by id. */
export function eachOfRound(blob: Buffer, visit: (series: number, value: number) => void): void {
  const cursor: Cursor = { bytes: blob, at: 0 }
  const count = readVarint(cursor)
  let valueAt = blob.length - 8 * count
  let id = 0
  for (let i = 0; i < count; i++, valueAt += 8) {
    id += readVarint(cursor)
    visit(id, blob.readDoubleLE(valueAt))
  }
}

export function unpackRound(blob: Buffer): RoundValues {
  const values: RoundValues = new Map()
  eachOfRound(blob, (series, value) => values.set(series, value))
  return values
}
