// Times and values as text that is read back to the same bit, and the reading of what others write.

import { Problem } from '../problem.ts'
import { parseTime } from '../time.ts'

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** A number nearer to zero than this would be read as seconds; see `parseTime`. */
const leastMs = 1e11

/** The shortest decimal that gives the same float64; zero keeps its sign. */
export const valueText = (value: number): string => (Object.is(value, -0) ? '-0' : String(value))

/** Milliseconds since 1970, or ISO 8601 where these would be taken for seconds (1966 to 1973). */
export const timeText = (time: number): string =>
  Math.abs(time) < leastMs ? new Date(time).toISOString() : String(time)

/** Throws a Problem `invalid` for what is not a finite decimal number. */
export function parseValue(text: string): number {
  const value = decimal.test(text) ? Number(text) : Number.NaN
  if (Number.isFinite(value)) return value
  throw new Problem('invalid', `${shown(text)} is not a finite decimal number`)
}

/** Whole milliseconds since 1970 from whatever `parseTime` reads. Throws a Problem `invalid`. */
export function parseTimeText(text: string): number {
  // What we write ourselves, and so nearly all there is to read.
  if (text.length >= 12 && text.length <= 15 && /^\d+$/.test(text)) return Number(text)
  try {
    return parseTime(text)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    throw new Problem('invalid', `${shown(text)} is not a time`)
  }
}

/** A piece of somebody's text in a message: quoted, not too long. */
export function shown(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}…` : text)
}
