// The columns of one series (count, min, mean and max of each bucket) packed for the way to the phone. Measured values
// are decimals with few digits, so they travel as whole numbers of their last digit, each told from the one before;
// a mean travels as the sum that it comes from. What is no such decimal travels as float64.

import type { PackedReader, PackedWriter } from './packed-bytes.ts'

/** Columns of equal length; where `count` is 0 the others are NaN (a gap). */
export interface Columns {
  count: Float64Array
  min: Float64Array
  mean: Float64Array
  max: Float64Array
}

/** How values stand there: `points` where min, mean and max are one, `sums` where they are not. */
const forms = { floats: 0, points: 1, sums: 2, floatPoints: 3 } as const

const mostDecimals = 9
const powers = Array.from({ length: mostDecimals + 1 }, (_, decimals) => 10 ** decimals)
/** Signed whole numbers that can be told from one another without rounding. */
const mostWhole = 2 ** 51
/** A mean may be off by so much of its bucket's greatest size: less than its own sum was rounded. */
const tolerance = 1e-12

export function writeColumns(writer: PackedWriter, columns: Columns): void {
  writeCounts(writer, columns.count)
  const arePoints = isSingle(columns)
  const decimals = decimalsOf(columns, arePoints)
  if (decimals === undefined) writeFloats(writer, columns, arePoints)
  else writeDecimals(writer, columns, arePoints, decimals)
}

export function readColumns(reader: PackedReader, length: number): Columns {
  const count = readCounts(reader, length)
  const gaps = (): Float64Array => new Float64Array(length).fill(Number.NaN)
  const columns = { count, min: gaps(), mean: gaps(), max: gaps() }
  const form = reader.whole()
  if (form === forms.floats || form === forms.floatPoints) readFloats(reader, columns, form)
  else readDecimals(reader, columns, form === forms.points)
  return columns
}

/** Runs of the same count: the count, and how many buckets have it. */
function writeCounts(writer: PackedWriter, count: Float64Array): void {
  for (let i = 0, end = 0; i < count.length; i = end) {
    const value = count[i] as number
    while (end < count.length && count[end] === value) end++
    writer.whole(value)
    writer.whole(end - i)
  }
}

function readCounts(reader: PackedReader, length: number): Float64Array {
  const count = new Float64Array(length)
  for (let i = 0; i < length; ) {
    const value = reader.whole()
    const end = i + reader.whole()
    count.fill(value, i, end)
    i = end
  }
  return count
}

/** Whether every bucket's least, mean and greatest value is one and the same. */
function isSingle({ count, min, mean, max }: Columns): boolean {
  for (let i = 0; i < count.length; i++) {
    if (count[i] !== 0 && !(Object.is(min[i], max[i]) && Object.is(min[i], mean[i]))) return false
  }
  return true
}

/** The fewest decimals with which all values are whole numbers of their last digit; undefined where none do. */
function decimalsOf({ count, min, mean, max }: Columns, arePoints: boolean): number | undefined {
  let decimals = 0
  let most = 0
  for (let i = 0; i < count.length; i++) {
    const points = count[i] as number
    if (points === 0) continue
    const [least, middle, greatest] = [min[i] as number, mean[i] as number, max[i] as number]
    const size = Math.max(Math.abs(least), Math.abs(greatest))
    while (
      !isWhole(least, decimals) ||
      !(arePoints || (isWhole(greatest, decimals) && isSum(middle, points, size, decimals)))
    ) {
      if (++decimals > mostDecimals) return undefined
    }
    most = Math.max(most, arePoints ? size : 2 * size * points)
  }
  // More decimals for a later value make the earlier ones greater whole numbers, too.
  return most * (powers[decimals] as number) < mostWhole ? decimals : undefined
}

/** Whether a value comes back bit by bit; the sign of a negative zero would be lost. */
function isWhole(value: number, decimals: number): boolean {
  const power = powers[decimals] as number
  const whole = Math.round(value * power)
  return whole / power === value && Math.abs(whole) < mostWhole && !Object.is(value, -0)
}

function isSum(mean: number, count: number, size: number, decimals: number): boolean {
  const scale = (powers[decimals] as number) * count
  const sum = Math.round(mean * scale)
  return Math.abs(sum / scale - mean) <= tolerance * size && Math.abs(sum) + size * scale < mostWhole
}

function writeDecimals(
  writer: PackedWriter,
  { count, min, mean, max }: Columns,
  arePoints: boolean,
  decimals: number,
): void {
  const power = powers[decimals] as number
  writer.whole(arePoints ? forms.points : forms.sums)
  writer.whole(decimals)
  let before = 0
  for (let i = 0; i < count.length; i++) {
    const points = count[i] as number
    if (points === 0) continue
    const least = Math.round((min[i] as number) * power)
    writer.signed(least - before)
    before = least
    if (arePoints) continue
    writer.whole(Math.round((max[i] as number) * power) - least)
    // A sum that was rounded may be a hair below so many times the least value.
    writer.signed(Math.round((mean[i] as number) * (power * points)) - least * points)
  }
}

function readDecimals(reader: PackedReader, { count, min, mean, max }: Columns, arePoints: boolean): void {
  const power = powers[reader.whole()] ?? Number.NaN
  let least = 0
  for (let i = 0; i < count.length; i++) {
    const points = count[i] as number
    if (points === 0) continue
    least += reader.signed()
    min[i] = least / power
    max[i] = arePoints ? (min[i] as number) : (least + reader.whole()) / power
    mean[i] = arePoints ? (min[i] as number) : (least * points + reader.signed()) / (power * points)
  }
}

function writeFloats(writer: PackedWriter, { count, min, mean, max }: Columns, arePoints: boolean): void {
  writer.whole(arePoints ? forms.floatPoints : forms.floats)
  for (let i = 0; i < count.length; i++) {
    if (count[i] === 0) continue
    writer.float(min[i] as number)
    if (arePoints) continue
    writer.float(mean[i] as number)
    writer.float(max[i] as number)
  }
}

function readFloats(reader: PackedReader, { count, min, mean, max }: Columns, form: number): void {
  for (let i = 0; i < count.length; i++) {
    if (count[i] === 0) continue
    min[i] = reader.float()
    mean[i] = form === forms.floats ? reader.float() : (min[i] as number)
    max[i] = form === forms.floats ? reader.float() : (min[i] as number)
  }
}
