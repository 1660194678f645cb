// Reads the times that people and programs write: seconds or milliseconds since 1970, or ISO 8601.

import { Problem } from './problem.ts'

const decimalPattern = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
const datePattern = /^(\d{4})-(\d{2})-(\d{2})$/
const clockPattern = /^(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?$/
// In an address an unescaped plus arrives as a space: "+01:00" as " 01:00".
const zonePattern = /^(?:Z|([+ -])(\d{2})(?::?(\d{2}))?)$/i
const isoPattern = /^([\d-]+)(?:[T ]([\d:.,]+)(Z|[+ -][\d:]+)?)?$/i

/** Farthest moment that a Date can hold, ms. */
const farthest = 8.64e15

/**
 * Milliseconds since 1970, rounded to an integer.
 * A number below 10^11 is seconds (until the year 5138), otherwise milliseconds; an ISO time without a zone is UTC.
 * Throws a Problem `invalid` that names `field`.
 */
export function parseTime(given: string | number, field = 'time'): number {
  const text = String(given).trim()
  const time = decimalPattern.test(text) ? fromNumber(Number(text)) : fromIso(text)
  if (time !== undefined && Math.abs(time) <= farthest) return time
  throw new Problem('invalid', `${field} is not a time`, {
    field,
    given,
    expected: 'seconds or milliseconds since 1970, or an ISO 8601 time such as 2026-01-31T03:12:00Z',
  })
}

/** Adding zero makes a negative zero a plain one. */
const fromNumber = (number: number): number =>
  Math.round(Math.abs(number) < 1e11 ? number * 1000 : number) + 0

function fromIso(text: string): number | undefined {
  const [, date, clock = '00:00', zone = 'Z'] = isoPattern.exec(text) ?? []
  const day = dayOf(date ?? '')
  const sinceMidnight = clockOf(clock)
  const offset = offsetOf(zone)
  if (day === undefined || sinceMidnight === undefined || offset === undefined) return undefined
  return day + sinceMidnight - offset
}

/** Start of a day, ms; undefined where the calendar has no such day. */
function dayOf(text: string): number | undefined {
  const [year, month, day] = numbersOf(datePattern, text)
  if (year === undefined || month === undefined || day === undefined) return undefined
  const date = new Date(Date.UTC(year, month - 1, day))
  const exists =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return exists ? date.getTime() : undefined
}

function clockOf(text: string): number | undefined {
  const fraction = clockPattern.exec(text)?.[4] ?? '0'
  const [hours, minutes, seconds = 0] = numbersOf(clockPattern, text)
  if (hours === undefined || minutes === undefined) return undefined
  if (hours > 23 || minutes > 59 || seconds > 59) return undefined
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'))
}

/** What a zone is ahead of UTC, ms. */
function offsetOf(text: string): number | undefined {
  const match = zonePattern.exec(text)
  if (!match) return undefined
  const [hours, minutes] = [Number(match[2] ?? 0), Number(match[3] ?? 0)]
  if (hours > 23 || minutes > 59) return undefined
  return (match[1] === '-' ? -1 : 1) * (hours * 60 + minutes) * 60_000
}

const numbersOf = (pattern: RegExp, text: string): (number | undefined)[] =>
  (pattern.exec(text) ?? []).slice(1).map((part) => (part === undefined ? undefined : Number(part)))
