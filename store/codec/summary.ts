// Buckets of one series: count, min, max and sum. Where the points are decimals all three are whole numbers on one
// scale, and max and sum are told as their distance from min and from count times min: small, and zero for constants.

import type { ByteReader, ByteWriter } from './bytes.ts'
import { fromDecimals, toDecimals } from './decimals.ts'
import { columnRoom } from './room.ts'
import { readScaled, writeScaled } from './scaled.ts'
import { readValues, writeValues } from './values.ts'

const separate = 255

/** Writes the columns count, min, max and sum of buckets that have points. */
export function writeSummary(bytes: ByteWriter, columns: readonly Float64Array[]): void {
  const [count, min, max, sum] = fourOf(columns)
  writeScaled(bytes, count)
  const start = bytes.length
  if (writeTogether(bytes, count, min, max, sum)) return
  bytes.cutTo(start)
  bytes.byte(separate)
  for (const column of [min, max, sum]) writeValues(bytes, column)
}

/** Fills the columns count, min, max and sum with as many buckets that `writeSummary` wrote. */
export function readSummary(bytes: ByteReader, columns: readonly Float64Array[]): void {
  const [count, min, max, sum] = fourOf(columns)
  readScaled(bytes, count)
  const digits = bytes.byte()
  if (digits === separate) {
    for (const column of [min, max, sum]) readValues(bytes, column)
    return
  }
  for (const column of [min, max, sum]) readScaled(bytes, column)
  for (let i = 0; i < count.length; i++) {
    const least = min[i] as number
    max[i] = (max[i] as number) + least
    sum[i] = (sum[i] as number) + least * (count[i] as number)
  }
  for (const column of [min, max, sum]) fromDecimals(column, digits)
}

function fourOf([count, min, max, sum]: readonly Float64Array[]): [
  Float64Array,
  Float64Array,
  Float64Array,
  Float64Array,
] {
  if (!count || !min || !max || !sum) throw new RangeError('a summary has four columns')
  return [count, min, max, sum]
}

const lowestRoom = columnRoom()
const rangesRoom = columnRoom()
const excessesRoom = columnRoom()

function writeTogether(
  bytes: ByteWriter,
  count: Float64Array,
  min: Float64Array,
  max: Float64Array,
  sum: Float64Array,
): boolean {
  const digits = commonDigits([min, max, sum])
  if (digits === undefined) return false
  const power = 10 ** digits
  const lowest = lowestRoom(count.length)
  const ranges = rangesRoom(count.length)
  const excesses = excessesRoom(count.length)
  for (let i = 0; i < count.length; i++) {
    const least = Math.round((min[i] as number) * power)
    const most = Math.round((max[i] as number) * power)
    const total = Math.round((sum[i] as number) * power)
    const floor = least * (count[i] as number)
    if (!areExact(least, most, total, floor)) return false
    lowest[i] = least
    ranges[i] = most - least
    excesses[i] = total - floor
  }
  bytes.byte(digits)
  return [lowest, ranges, excesses].every((column) => writeScaled(bytes, column))
}

const areExact = (least: number, most: number, total: number, floor: number): boolean =>
  Number.isSafeInteger(least) &&
  Number.isSafeInteger(most) &&
  Number.isSafeInteger(total) &&
  Number.isSafeInteger(floor) &&
  Number.isSafeInteger(total - floor) &&
  Number.isSafeInteger(most - least)

/** Digits that fit every value of every column; undefined when there are none. */
function commonDigits(columns: readonly Float64Array[]): number | undefined {
  let digits = 0
  for (const column of columns) {
    const decimals = toDecimals(column)
    if (!decimals || decimals.misfits.length > 0) return undefined
    digits = Math.max(digits, decimals.digits)
  }
  // More digits than a column needs can make its whole numbers inexact.
  const power = 10 ** digits
  const exact = (value: number) => Math.round(value * power) / power === value
  return columns.every((column) => column.every(exact)) ? digits : undefined
}
