// JSON of a plugin: an object of values by label, objects inside of objects with longer labels, a list of objects with
// `label` and `value`, or `{ help, unit, …, readings }` and `{ categories: { name: … } }` to say more.

import type { Readings } from '../../gather.ts'
import type { Part } from '../measured.ts'
import { wordsIn } from './label-lines.ts'
import type { Output } from './output.ts'
import { unitFromText } from './units-of-others.ts'

type Fields = Readonly<Record<string, unknown>>
type Mutable = Record<string, Readings[string]>

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const isJson = (text: string): boolean => /^\s*[{[]/.test(text)

/** Throws for what is no JSON; values that are no numbers are found by whoever checks readings. */
export function readJson(text: string): Output {
  const given: unknown = parse(text)
  if (Array.isArray(given)) return { parts: partsOfList(given), failure: null }
  if (!isFields(given)) throw new Error('it printed JSON that is neither an object nor a list')
  if (isFields(given.categories)) {
    const parts = Object.entries(given.categories).map(([name, one]) => partOf(name, one))
    return { parts, words: wordsIn(given), failure: null }
  }
  if ('readings' in given) {
    return {
      parts: [{ name: '', readings: readingsIn(given.readings) }],
      words: wordsIn(given),
      failure: null,
    }
  }
  return { parts: [{ name: '', readings: readingsIn(given) }], failure: null }
}

/** The last line counts where a program prints one object a line. */
function parse(text: string): unknown {
  const last = text.trim().split('\n').at(-1) ?? ''
  return parsed(text) ?? (isJson(last) ? parsed(last) : undefined) ?? wrongJson(text)
}

/** Undefined for what is none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function wrongJson(text: string): never {
  try {
    JSON.parse(text)
  } catch (error) {
    throw new Error(`it printed JSON with a mistake: ${error instanceof Error ? error.message : error}`)
  }
  throw new Error('it printed JSON that says nothing')
}

function partOf(name: string, one: unknown): Part {
  if (!isFields(one)) throw new Error(`the category "${name}" is no object`)
  if (!('readings' in one)) return { name, readings: readingsIn(one) }
  return { name, readings: readingsIn(one.readings), words: wordsIn(one) }
}

function partsOfList(list: readonly unknown[]): Part[] {
  const byCategory = new Map<string, Mutable>()
  for (const one of list) {
    if (!isFields(one)) throw new Error('it printed a list of things that are no objects')
    const { category = '', label, ...reading } = one
    const readings = byCategory.get(String(category)) ?? {}
    byCategory.set(String(category), readings)
    readings[String(label ?? 'value')] = readingOf(reading)
  }
  return [...byCategory].map(([name, readings]) => ({ name, readings }))
}

function readingsIn(given: unknown): Readings {
  if (Array.isArray(given)) return partsOfList(given)[0]?.readings ?? {}
  const readings: Mutable = {}
  flatten(given, '', readings, 0)
  return readings
}

function flatten(given: unknown, prefix: string, into: Mutable, depth: number): void {
  if (!isFields(given) || depth > 8) throw new Error(`"${prefix}" is no object of values`)
  for (const [key, value] of Object.entries(given)) {
    const label = `${prefix} ${key}`.trim()
    if (isFields(value) && !('value' in value) && !('part' in value)) flatten(value, label, into, depth + 1)
    else into[label] = isFields(value) ? readingOf(value) : scalar(value)
  }
}

const scalar = (value: unknown): Readings[string] =>
  (typeof value === 'boolean' ? Number(value) : value === null ? { value: null } : value) as Readings[string]

function readingOf({ unit, ...more }: Fields): Readings[string] {
  const reading =
    'value' in more
      ? { ...more, value: more.value === true ? 1 : more.value === false ? 0 : more.value }
      : more
  const withUnit =
    typeof unit === 'string'
      ? { ...reading, unit: unitFromText(unit) }
      : { ...reading, ...(unit !== undefined && { unit }) }
  return withUnit as unknown as Readings[string]
}
