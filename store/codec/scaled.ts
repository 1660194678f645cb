// Whole numbers often share a divisor (memory comes in pages) and lie far from zero; both are told once for a
// column, and a column of one number is told by that number alone.

import type { ByteReader, ByteWriter } from './bytes.ts'
import { largestInteger, readIntegers, writeIntegers } from './integers.ts'
import { columnRoom } from './room.ts'

const stepsRoom = columnRoom()

/** Writes exact whole numbers; false, and nothing written, when they are too far apart to be coded. */
export function writeScaled(bytes: ByteWriter, wholes: Float64Array): boolean {
  const [least, most] = extent(wholes)
  const divisor = commonDivisor(wholes, least)
  if (most - least > largestInteger * Math.max(divisor, 1) || most - least > Number.MAX_SAFE_INTEGER)
    return false
  if (Math.abs(least) > 2 ** 52) return false
  bytes.signed(least)
  bytes.varint(divisor)
  if (divisor === 0) return true
  const steps = stepsRoom(wholes.length)
  for (let i = 0; i < wholes.length; i++) steps[i] = ((wholes[i] as number) - least) / divisor
  writeIntegers(bytes, steps)
  return true
}

/** Fills `wholes` with as many numbers that `writeScaled` wrote. */
export function readScaled(bytes: ByteReader, wholes: Float64Array): void {
  const least = bytes.signed()
  const divisor = bytes.varint()
  if (divisor === 0) {
    wholes.fill(least)
    return
  }
  readIntegers(bytes, wholes)
  for (let i = 0; i < wholes.length; i++) wholes[i] = (wholes[i] as number) * divisor + least
}

/** Moves past a column whose numbers are all `value` and tells so; reads nothing of any other. */
export function skipConstant(bytes: ByteReader, value: number): boolean {
  const start = bytes.at
  if (bytes.signed() === value && bytes.varint() === 0) return true
  bytes.at = start
  return false
}

function extent(values: Float64Array): [least: number, most: number] {
  if (values.length === 0) return [0, 0]
  let least = values[0] as number
  let most = least
  for (let i = 1; i < values.length; i++) {
    const value = values[i] as number
    if (value < least) least = value
    else if (value > most) most = value
  }
  return [least, most]
}

/** Greatest common divisor of all distances from `least`; 0 when there is none. */
function commonDivisor(wholes: Float64Array, least: number): number {
  let divisor = 0
  for (let i = 0; i < wholes.length && divisor !== 1; i++) {
    let rest = (wholes[i] as number) - least
    while (rest !== 0) [divisor, rest] = [rest, divisor % rest]
  }
  return divisor
}
