// Reads the times that people and programs write: seconds or milliseconds since 1970, or ISO 8601.

import { Problem } from './problem.ts'

const isoPattern = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}([.,]\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/

/**
 * Milliseconds since 1970, rounded to an integer.
 * A number below 10^11 is seconds (until the year 5138), otherwise milliseconds; an ISO time without a zone is UTC.
 * Throws a Problem `invalid` that names `field`.
 */
export function parseTime(given: string | number, field = 'time'): number {
  const text = String(given).trim()
  const number = text === '' ? Number.NaN : Number(text)
  if (Number.isFinite(number)) return Math.round(Math.abs(number) < 1e11 ? number * 1000 : number)
  if (isoPattern.test(text)) {
    const zoned = /(Z|[+-]\d{2}:?\d{2})$/.test(text) || text.length === 10 ? text : `${text}Z`
    const time = Date.parse(zoned.replace(' ', 'T').replace(',', '.'))
    if (Number.isFinite(time)) return time
  }
  throw new Problem('invalid', `${field} is not a time`, {
    field,
    given,
    expected: 'seconds or milliseconds since 1970, or an ISO 8601 time such as 2026-01-31T03:12:00Z',
  })
}
