// What a point looks like on its way in. Each schema's message is what is expected, in words for people; the same
// schemas make the OpenAPI document.

import { z } from '@hono/zod-openapi'
import { maxFutureMs, maxNameLength } from '../../common/point.ts'
import { Problem } from '../../common/problem.ts'
import { parseTime } from '../../common/time.ts'

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
/** Control characters, halves of surrogate pairs, what stands for broken UTF-8, and what turns text around. */
const unfit = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\uFFFD\u202A-\u202E\u2066-\u2069]/u

/** Text of 1 (or `least`) to 128 characters; spaces around it are taken off. */
export function nameField({ example, least = 1 }: { example: string; least?: number }) {
  const error = `text of ${least} to ${maxNameLength} characters without control characters`
  const text = z.string({ error }).trim().min(least, { error }).max(maxNameLength, { error })
  return text.refine((name) => !unfit.test(name), { error }).meta({ example })
}

const numberField = (example: number) => {
  const error = 'a finite decimal number such as 42, -0.5 or 1.5e3'
  return z
    .union([z.number(), z.string()], { error })
    .transform((given, c) => {
      const number =
        typeof given === 'number' ? given : decimal.test(given.trim()) ? Number(given) : Number.NaN
      if (Number.isFinite(number)) return number
      c.addIssue({ code: 'custom', message: error })
      return z.NEVER
    })
    .meta({ type: 'number', example })
}

/** Milliseconds since 1970 from whatever `parseTime` reads. */
export const timeField = (description: string) =>
  z
    .union([z.string(), z.number()], { error: 'a time' })
    .transform((given, c) => {
      try {
        return parseTime(given)
      } catch (error) {
        const message = error instanceof Problem ? (error.details.expected ?? error.message) : String(error)
        c.addIssue({ code: 'custom', message })
        return z.NEVER
      }
    })
    .meta({
      type: ['string', 'number'],
      description: `${description}: seconds or milliseconds since 1970, or ISO 8601 such as 2026-01-31T03:12:00Z`,
    })

export const PointFieldsSchema = z
  .strictObject({
    projectid: nameField({ example: 'testuuid' }).describe("The project's secret id, from /register"),
    category: nameField({ example: 'foo' }).describe('The card it is drawn on; made by its first point'),
    label: nameField({ example: 'bar' }).describe('The line in the graph; made by its first point'),
    value: numberField(42),
    time: timeField('When it was measured; now if left out').optional(),
    unit: nameField({ example: '°C', least: 0 }).describe('Unit of the values, shown beside them').optional(),
    min: numberField(0).optional(),
    max: numberField(100).optional(),
  })
  .meta({ id: 'Point' })
export type PointFields = z.infer<typeof PointFieldsSchema>

/**
 * Throws a Problem `invalid` for a time that cannot be stored: before 1970, older than `maxAgeSeconds`, or ahead.
 * `given` is what the client wrote.
 */
export function checkTime(
  time: number,
  { given, now, maxAgeSeconds }: { given: unknown; now: number; maxAgeSeconds: number },
): void {
  const oldest = Math.max(0, now - maxAgeSeconds * 1000)
  const newest = now + maxFutureMs
  if (time >= oldest && time <= newest) return
  throw new Problem('invalid', time > newest ? 'time is in the future' : 'time is too long ago', {
    field: 'time',
    given,
    expected: `a time from ${timeText(oldest)} (MaxAge of settings.conf) to ${timeText(newest)}`,
  })
}

const timeText = (time: number): string => new Date(time).toISOString()

/** Throws a Problem `invalid` when the limits are the wrong way round. */
export function checkLimits({ min, max }: Pick<PointFields, 'min' | 'max'>): void {
  if (min === undefined || max === undefined || min < max) return
  throw new Problem('invalid', 'max is not above min', {
    field: 'max',
    given: max,
    expected: `more than ${min}`,
  })
}
