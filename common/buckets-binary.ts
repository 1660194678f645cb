// Answers to queries in their compact form: a fifth of the JSON, without its rounding, and quick to unpack on a phone.
// docs/api.md describes the bytes for those who want to read them elsewhere.

import { PackedReader, PackedWriter } from './packed-bytes.ts'
import { type Columns, readColumns, writeColumns } from './packed-columns.ts'

/** The buckets of one category, as `Buckets` of the wire has them, in typed arrays. */
export interface ColumnBuckets {
  name: string
  from: number
  stepMs: number
  length: number
  series: readonly (Columns & { id: number; label: string })[]
}

/** As `QueryResult` of the wire has it. */
export interface ColumnResult {
  project: string
  from: number
  to: number
  categories: readonly ColumnBuckets[]
}

export const binaryType = 'application/octet-stream'

/** Stands first in every answer. */
const version = 1
/** Bytes that a bucket rarely exceeds. */
const usualBytes = 12

export function encodeBuckets({ categories, ...head }: ColumnResult): Uint8Array<ArrayBuffer> {
  const values = categories.reduce((sum, { length, series }) => sum + length * series.length, 0)
  const writer = new PackedWriter(values * usualBytes + 1024)
  writer.whole(version)
  writer.json({
    ...head,
    categories: categories.map(({ series, name, from, stepMs, length }) => ({
      ...{ name, from, stepMs, length },
      series: series.map(({ id, label }) => ({ id, label })),
    })),
  })
  for (const { series } of categories) for (const columns of series) writeColumns(writer, columns)
  return writer.done()
}

interface Head {
  project: string
  from: number
  to: number
  categories: (Omit<ColumnBuckets, 'series'> & { series: { id: number; label: string }[] })[]
}

/** Throws a RangeError when the answer is cut off or of another version. */
export function decodeBuckets(bytes: Uint8Array): ColumnResult {
  const reader = new PackedReader(bytes)
  if (reader.whole() !== version) throw new RangeError('These buckets are packed in another way.')
  const { categories, ...head } = reader.json() as Head
  const result = {
    ...head,
    categories: categories.map(({ series, ...buckets }) => ({
      ...buckets,
      series: series.map((one) => ({ ...one, ...readColumns(reader, buckets.length) })),
    })),
  }
  if (!reader.isAtEnd) throw new RangeError('There is more than buckets here.')
  return result
}
