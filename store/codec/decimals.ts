// Most measured values are short decimals: whole numbers times a power of ten. Finding that power turns a column
// of floats into a column of whole numbers without losing a bit; the few values that do not fit are set aside.

import { columnRoom } from './room.ts'

/** Ten to this many digits is tried, not more. */
const mostDigits = 12

const powers = Float64Array.from({ length: mostDigits + 1 }, (_, digits) => 10 ** digits)

/** Whole numbers beyond this are not exact. */
const largestExact = Number.MAX_SAFE_INTEGER

/** Digits after the point that `value` needs so that whole / 10^digits gives it back bit by bit; -1 for none. */
export function digitsOf(value: number): number {
  if (value === 0) return Object.is(value, -0) ? -1 : 0
  for (let digits = 0; digits <= mostDigits; digits++) {
    const power = powers[digits] as number
    const whole = Math.round(value * power)
    if (whole / power === value) return Math.abs(whole) <= largestExact ? digits : -1
    if (Math.abs(whole) > largestExact) return -1
  }
  return -1
}

export interface Decimals {
  digits: number
  /** value * 10^digits; where a value does not fit, the whole number before it. Valid until the next call. */
  wholes: Float64Array
  /** Indexes of the values that do not fit. */
  misfits: number[]
}

/** Finds the digits that fit all values but one in a hundred; undefined when there are none. */
export function toDecimals(values: Float64Array): Decimals | undefined {
  const needed = new Uint32Array(mostDigits + 1)
  let misfits = 0
  const allowed = Math.floor(values.length / 100)
  for (let i = 0; i < values.length; i++) {
    const digits = digitsOf(values[i] as number)
    if (digits >= 0) needed[digits] = (needed[digits] as number) + 1
    else if (++misfits > allowed) return undefined
  }
  let digits = mostDigits
  while (digits > 0 && misfits + (needed[digits] as number) <= allowed) misfits += needed[digits--] as number
  return scaled(values, digits)
}

const wholesRoom = columnRoom()

function scaled(values: Float64Array, digits: number): Decimals {
  const wholes = wholesRoom(values.length)
  const misfits: number[] = []
  const power = powers[digits] as number
  let before = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    const whole = Math.round(value * power)
    if (whole / power === value && Math.abs(whole) <= largestExact && !Object.is(value, -0))
      before = whole + 0
    else misfits.push(i)
    wholes[i] = before
  }
  return { digits, wholes, misfits }
}

/** The way back, in place. */
export function fromDecimals(wholes: Float64Array, digits: number): void {
  const power = powers[digits] as number
  for (let i = 0; i < wholes.length; i++) wholes[i] = (wholes[i] as number) / power
}
