// What a point looks like on its way in. Each schema's message is what is expected, in words for people; the same
// schemas make the OpenAPI document.

import { z } from '@hono/zod-openapi'
import { maxNameLength } from '../../common/point.ts'
import { Problem } from '../../common/problem.ts'
import { duration, yesNo } from '../../common/setting-kinds.ts'
import { parseTime } from '../../common/time.ts'
import { expectedName, unfit } from './names.ts'

export const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
/** Text of 1 (or `least`) to 128 characters; spaces around it are taken off. */
export function nameField({ example, least = 1 }: { example: string; least?: number }) {
  const error = expectedName(least)
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

const longestHelp = 500
const helpError = `text of up to ${longestHelp} characters without control characters`
const helpField = z
  .string({ error: helpError })
  .trim()
  .max(longestHelp, { error: helpError })
  .refine((text) => !unfit.test(text), { error: helpError })

const graph = yesNo(true)
const graphField = z
  .union([z.boolean(), z.string(), z.number()], { error: graph.expected })
  .transform((given, c) => {
    const parsed = typeof given === 'boolean' ? given : graph.parse(String(given).trim())
    if (parsed !== undefined) return parsed
    c.addIssue({ code: 'custom', message: graph.expected })
    return z.NEVER
  })
  .meta({ type: ['boolean', 'string'], example: 'yes' })

const interval = duration(0, { least: 0.001, most: 365 * 86_400 })
const intervalField = z
  .union([z.string(), z.number()], { error: interval.expected })
  .transform((given, c) => {
    const seconds = interval.parse(String(given).trim())
    if (seconds !== undefined) return seconds
    c.addIssue({ code: 'custom', message: interval.expected })
    return z.NEVER
  })
  .meta({ type: ['string', 'number'], example: '10s' })

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
    help: helpField.describe('What the numbers of the category are, in a sentence').optional(),
    graph: graphField.describe('no: the category is shown as rows with bars, without a graph').optional(),
    interval: intervalField
      .describe('How often points of the category come; after three times as long without one it is a gap')
      .optional(),
  })
  .meta({ id: 'Point' })
export type PointFields = z.infer<typeof PointFieldsSchema>

/** Throws a Problem `invalid` when the limits are the wrong way round. */
export function checkLimits({ min, max }: Pick<PointFields, 'min' | 'max'>): void {
  if (min === undefined || max === undefined || min < max) return
  throw new Problem('invalid', 'max is not above min', {
    field: 'max',
    given: max,
    expected: `more than ${min}`,
  })
}
