// Answers to queries as JSON text. They are most of what the server sends to scripts, and most of its time goes into
// writing digits: so columns become plain arrays in bare loops, and means get no digits that nobody measured.

import type { ColumnBuckets, ColumnResult } from '../../common/buckets-binary.ts'
import type { Columns } from '../../common/packed-columns.ts'
import type { QueryResult } from '../../common/wire.ts'

/** The text of a `QueryResult`. */
export const queryJson = ({ categories, ...head }: ColumnResult): string =>
  JSON.stringify({ ...head, categories: categories.map(wireBuckets) } satisfies QueryResult)

const wireBuckets = ({ name, from, stepMs, length, series }: ColumnBuckets) => ({
  ...{ name, from, stepMs, length },
  series: series.map((columns) => ({
    id: columns.id,
    label: columns.label,
    count: plain(columns.count),
    min: plain(columns.min),
    mean: meansOf(columns),
    max: plain(columns.max),
  })),
})

/** JSON writes NaN, which is a gap here, as null. */
function plain(column: Float64Array): number[] {
  const values = new Array<number>(column.length)
  for (let i = 0; i < column.length; i++) values[i] = column[i] as number
  return values
}

/** A sum divided by a count has 17 digits that nobody measured; nine are below any pixel. */
function meansOf({ count, mean }: Columns): number[] {
  const values = new Array<number>(mean.length)
  for (let i = 0; i < mean.length; i++) {
    const value = mean[i] as number
    values[i] = (count[i] as number) <= 1 || Number.isInteger(value) ? value : rounded(value)
  }
  return values
}

const powers = Array.from({ length: 23 }, (_, exponent) => 10 ** exponent)

/**
 * The value with nine significant digits. Powers of ten up to 10^22 are exact, so one division gives the float64 that
 * is nearest to the decimal; sizes beyond them take the long way.
 */
export function rounded(value: number): number {
  const digits = 8 - Math.floor(Math.log10(Math.abs(value)))
  const power = powers[digits]
  return power === undefined ? Number(value.toPrecision(9)) : Math.round(value * power) / power
}
