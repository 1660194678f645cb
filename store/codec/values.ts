// A column of float64 values, every bit kept: as scaled whole numbers where the values are decimals, else split
// into sign, exponent and first digits, which have habits, and the rest of the fraction, which has few.

import type { ByteReader, ByteWriter } from './bytes.ts'
import { type Decimals, fromDecimals, toDecimals } from './decimals.ts'
import { columnRoom } from './room.ts'
import { readScaled, writeScaled } from './scaled.ts'

/** First byte of a column: this, or the digits of its decimals. */
const asBits = 32

const firstsRoom = columnRoom()
const restsRoom = columnRoom()

/** Writes finite values; the reader has to know how many. */
export function writeValues(bytes: ByteWriter, values: Float64Array): void {
  const decimals = toDecimals(values)
  if (!decimals || !writeDecimals(bytes, values, decimals)) writeBits(bytes, values)
}

/** Fills `values` with as many values that `writeValues` wrote. */
export function readValues(bytes: ByteReader, values: Float64Array): void {
  const mode = bytes.byte()
  if (mode === asBits) {
    readBits(bytes, values)
    return
  }
  if (mode > 12) throw new RangeError('unknown coding of values')
  const misfits = Array.from({ length: bytes.varint() }, () => [bytes.varint(), bytes.float64()] as const)
  readScaled(bytes, values)
  fromDecimals(values, mode)
  for (const [index, value] of misfits) values[index] = value
}

function writeDecimals(bytes: ByteWriter, values: Float64Array, decimals: Decimals): boolean {
  const start = bytes.length
  bytes.byte(decimals.digits)
  bytes.varint(decimals.misfits.length)
  for (const index of decimals.misfits) {
    bytes.varint(index)
    bytes.float64(values[index] as number)
  }
  if (writeScaled(bytes, decimals.wholes)) return true
  bytes.cutTo(start)
  return false
}

/** The first 20 bits of each value and the other 44 as two columns of whole numbers. */
function writeBits(bytes: ByteWriter, values: Float64Array): void {
  const words = new Uint32Array(values.slice().buffer)
  const firsts = firstsRoom(values.length)
  const rests = restsRoom(values.length)
  for (let i = 0; i < values.length; i++) {
    const low = words[2 * i] as number
    const high = words[2 * i + 1] as number
    firsts[i] = high >>> 12
    rests[i] = (high & 0xfff) * 2 ** 32 + low
  }
  bytes.byte(asBits)
  writeScaled(bytes, firsts)
  writeScaled(bytes, rests)
}

function readBits(bytes: ByteReader, values: Float64Array): void {
  const firsts = firstsRoom(values.length)
  const rests = restsRoom(values.length)
  readScaled(bytes, firsts)
  readScaled(bytes, rests)
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length * 2)
  for (let i = 0; i < values.length; i++) {
    const rest = rests[i] as number
    words[2 * i] = rest % 2 ** 32
    words[2 * i + 1] = (firsts[i] as number) * 4096 + Math.floor(rest / 2 ** 32)
  }
}
