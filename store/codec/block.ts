// A stretch of one category's history in columns: times shared by all series, and per series one column of values
// (raw points) or four (count, min, max, sum of each bucket). In memory typed arrays, on disk one packed blob.

import { ByteReader, ByteWriter } from './bytes.ts'
import { columnRoom, newColumns } from './room.ts'
import { readScaled, skipConstant, writeScaled } from './scaled.ts'
import { readSummary, writeSummary } from './summary.ts'
import { readTimes, writeTimes } from './times.ts'
import { readValues, writeValues } from './values.ts'

export interface Block {
  /** Milliseconds, ascending and distinct: of points, or of the starts of buckets. */
  times: Float64Array
  /** Series ids; labels come and go, so that each block names its own. */
  ids: readonly number[]
  /** Per series `width` columns of the length of `times`; NaN where a series has no point. */
  columns: readonly Float64Array[]
  /** 1: values of points. 4: count, min, max and sum of buckets. */
  width: 1 | 4
}

const formatVersion = 1

const packedBytes = new ByteWriter(65_536)
const presenceRoom = columnRoom()

export function encodeBlock(block: Block): Uint8Array {
  const bytes = packedBytes
  bytes.cutTo(0)
  bytes.byte(formatVersion)
  bytes.byte(block.width)
  bytes.varint(block.times.length)
  writeTimes(bytes, block.times)
  bytes.varint(block.ids.length)
  let before = 0
  for (const [index, id] of block.ids.entries()) {
    bytes.signed(id - before)
    before = id
    writeSeries(bytes, block.columns.slice(index * block.width, (index + 1) * block.width))
  }
  return bytes.copy()
}

/** Throws a RangeError on bytes that `encodeBlock` did not write. */
export function decodeBlock(data: Uint8Array): Block {
  const bytes = new ByteReader(data)
  if (bytes.byte() !== formatVersion) throw new RangeError('unknown format of a block')
  const width = bytes.byte()
  if (width !== 1 && width !== 4) throw new RangeError('unknown kind of block')
  const length = bytes.varint()
  const times = readTimes(bytes, length)
  const series = bytes.varint()
  if (series > data.length) throw new RangeError('more series than bytes')
  const ids: number[] = []
  const columns = newColumns(series * width, length)
  let id = 0
  for (let i = 0; i < series; i++) {
    id += bytes.signed()
    ids.push(id)
    readSeries(bytes, columns.slice(i * width, (i + 1) * width), length)
  }
  return { times, ids, columns, width }
}

function writeSeries(bytes: ByteWriter, columns: readonly Float64Array[]): void {
  const [first = new Float64Array(0)] = columns
  const presence = presenceRoom(first.length)
  let present = 0
  for (let i = 0; i < first.length; i++) {
    const isPresent = Number.isNaN(first[i] as number) ? 0 : 1
    presence[i] = isPresent
    present += isPresent
  }
  writeScaled(bytes, presence)
  const packed = present === first.length ? columns : columns.map((column) => pack(column, presence, present))
  if (packed.length === 1) writeValues(bytes, packed[0] as Float64Array)
  else writeSummary(bytes, packed)
}

/** Fills the columns of one series, all of one length. */
function readSeries(bytes: ByteReader, columns: readonly Float64Array[], length: number): void {
  if (skipConstant(bytes, 1)) {
    readColumns(bytes, columns)
    return
  }
  const presence = presenceRoom(length)
  readScaled(bytes, presence)
  const present = presence.reduce((sum, one) => sum + one, 0)
  readColumns(
    bytes,
    columns.map((column) => column.subarray(0, present)),
  )
  for (const column of columns) unpack(column, presence, present)
}

function readColumns(bytes: ByteReader, columns: readonly Float64Array[]): void {
  if (columns.length === 1) readValues(bytes, columns[0] as Float64Array)
  else readSummary(bytes, columns)
}

function pack(column: Float64Array, presence: Float64Array, present: number): Float64Array {
  const packed = new Float64Array(present)
  let at = 0
  for (let i = 0; i < column.length; i++) if (presence[i] === 1) packed[at++] = column[i] as number
  return packed
}

/** Moves the first `present` values to the rows that have one, in place: from the end, so that none is overwritten. */
function unpack(column: Float64Array, presence: Float64Array, present: number): void {
  let at = present
  for (let i = column.length - 1; i >= 0; i--) {
    column[i] = presence[i] === 1 ? (column[--at] as number) : Number.NaN
  }
}
