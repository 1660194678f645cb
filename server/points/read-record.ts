// One point as a record of fields, from an address, a form, JSON or a line of a table. Nearly all records are plain and
// are read at once; whatever is not goes through the schema, which knows every field and says what is wrong.

import { Problem } from '../../common/problem.ts'
import { parseTime } from '../../common/time.ts'
import { invalid } from '../answers/invalid.ts'
import type { Says } from './incoming.ts'
import { isName } from './names.ts'
import { checkLimits, decimal, PointFieldsSchema } from './point-fields.ts'
import type { Fields } from './request-fields.ts'

export interface ReadRecord {
  /** Undefined only where `own` allowed it. */
  projectid: string | undefined
  category: string
  label: string
  value: number
  /** Milliseconds; undefined: now. */
  time: number | undefined
  says?: Says | undefined
}

const knownFields = Object.keys(PointFieldsSchema.shape)
const withoutProject = PointFieldsSchema.partial({ projectid: true })

/** Reads a record; `own`: the project is known from elsewhere. Throws a Problem `invalid` with field, given, expected. */
export function readRecord(fields: Fields, { own = false } = {}): ReadRecord {
  const plain = readPlain(fields)
  if (plain && (own || plain.projectid !== undefined)) return plain
  const result = (own ? withoutProject : PointFieldsSchema).safeParse(fields)
  if (!result.success) throw invalid(result.error.issues, fields, knownFields)
  const { projectid, category, label, value, time, interval, ...says } = result.data
  checkLimits(says)
  return {
    ...{ projectid, category, label, value, time },
    says: interval === undefined ? says : { ...says, everySeconds: interval },
  }
}

/** A record without anything unusual, or undefined; whether its names will do is seen when their series is new. */
export function readPlain(fields: Fields): ReadRecord | undefined {
  for (const field in fields) if (!plainFields.has(field)) return undefined
  const { projectid, category, label, time } = fields
  const value = plainNumber(fields.value)
  if (!isTrimmed(category) || !isTrimmed(label) || value === undefined) return undefined
  if (projectid !== undefined && !(isTrimmed(projectid) && isName(projectid))) return undefined
  if (time === undefined) return { projectid, category, label, value, time }
  const ms = plainTime(time)
  return ms === undefined ? undefined : { projectid, category, label, value, time: ms }
}

const plainFields = new Set(['projectid', 'category', 'label', 'value', 'time'])

/** Text that begins and ends with a printable sign of ASCII. */
const isTrimmed = (text: unknown): text is string =>
  typeof text === 'string' && isPlain(text.charCodeAt(0)) && isPlain(text.charCodeAt(text.length - 1))

const isPlain = (code: number): boolean => code > 32 && code < 127

function plainNumber(given: unknown): number | undefined {
  const number = typeof given === 'string' && decimal.test(given) ? Number(given) : given
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

function plainTime(given: unknown): number | undefined {
  if (typeof given !== 'string' && typeof given !== 'number') return undefined
  try {
    return parseTime(given)
  } catch (error) {
    if (error instanceof Problem) return undefined
    throw error
  }
}
