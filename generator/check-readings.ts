// What a gather answers comes from somebody else's code: here it is looked at before anything is made of it, so that
// one wrong value costs only itself.

import { nearest } from '../common/nearest.ts'
import { maxNameLength } from '../common/point.ts'
import type { Readings } from './gather.ts'
import { baseUnits, isUnit } from './unit.ts'

export interface CheckedReadings {
  /** What is in order. */
  readings: Readings
  /** The first thing that is not, in words for people; null when all is. */
  failure: string | null
}

const readingKeys: ReadonlySet<string> = new Set(['value', 'kind', 'unit', 'min', 'max', 'part', 'whole'])

/** Parses what `read()` answered; null and undefined are no readings. */
export function checkReadings(answer: unknown): CheckedReadings {
  if (answer === null || answer === undefined) return { readings: {}, failure: null }
  if (typeof answer !== 'object')
    return { readings: {}, failure: `read() answered ${String(answer)}, not readings` }
  const failure = firstMistake(answer)
  if (failure === null) return { readings: answer as Readings, failure }
  const good = Object.entries(answer).filter(([label, reading]) => mistakeIn(label, reading) === null)
  return { readings: Object.fromEntries(good), failure }
}

function firstMistake(answer: object): string | null {
  for (const label of Object.keys(answer)) {
    const mistake = mistakeIn(label, (answer as Readonly<Record<string, unknown>>)[label])
    if (mistake !== null) return mistake
  }
  return null
}

function mistakeIn(label: string, reading: unknown): string | null {
  if (label === '' || label.length > maxNameLength) {
    return `a label must have 1 to ${maxNameLength} characters, not ${label.length}`
  }
  if (typeof reading === 'number') return finite(label, reading)
  if (typeof reading !== 'object' || reading === null) return `${label} is ${String(reading)}, not a number`
  return mistakeInObject(label, reading as Partial<Record<string, unknown>>)
}

function mistakeInObject(label: string, reading: Partial<Record<string, unknown>>): string | null {
  for (const key in reading) {
    if (readingKeys.has(key)) continue
    const meant = nearest(key, [...readingKeys])
    return `${label}: a reading has no "${key}"${meant ? `; did you mean "${meant}"?` : ''}`
  }
  const { part, whole, min = 0, max = 0, unit = '' } = reading
  if (unit !== '' && !isUnit(unit))
    return `${label}: unit must be one of ${baseUnits.join(' ')} or { free: '…' }`
  const value = reading.value === null ? 0 : reading.value
  const parts = 'part' in reading ? (finite(label, part) ?? finite(label, whole)) : finite(label, value)
  return parts ?? finite(label, min, ': min') ?? finite(label, max, ': max')
}

const finite = (label: string, value: unknown, limit = ''): string | null =>
  Number.isFinite(value) ? null : `${label}${limit} is ${String(value)}, not a number`
