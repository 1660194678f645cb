// Newline-delimited JSON: an object a line with project, category, label, time and value.

import type { Point } from '../point.ts'
import { Problem } from '../problem.ts'
import { type Format, orRefuse, parseName, perSeries, type ReadPoint } from './format.ts'
import { parseTimeText, parseValue, shown, timeText, valueText } from './numbers.ts'

export const ndjson: Format = {
  name: 'ndjson',
  writer: () => {
    const headOf = perSeries(
      ({ project, category, label }) =>
        `${JSON.stringify({ project, category, label }).slice(0, -1)},"time":`,
    )
    const line = (point: Point) =>
      `${headOf(point)}${jsonTime(point.time)},"value":${valueText(point.value)}}\n`
    return { head: '', text: (points) => points.map(line).join('') }
  },
  reader: (sink) => ({
    line: (text, number) => {
      if (text.trim() !== '') orRefuse(sink, number, () => sink.point(pointOf(text), number))
    },
    end: () => {},
  }),
}

function jsonTime(time: number): string {
  const text = timeText(time)
  return text.includes(':') ? `"${text}"` : text
}

function pointOf(line: string): ReadPoint {
  const fields = objectOf(line)
  const { project } = fields
  return {
    project: project === undefined || project === null ? undefined : nameOf(fields, 'project'),
    category: nameOf(fields, 'category'),
    label: nameOf(fields, 'label'),
    time: parseTimeText(numberOrText(fields, 'time')),
    value: readValue(fields),
  }
}

function objectOf(line: string): Record<string, unknown> {
  try {
    const object: unknown = JSON.parse(line)
    if (typeof object === 'object' && object !== null && !Array.isArray(object)) return { ...object }
  } catch {
    // Said below.
  }
  throw new Problem('invalid', `${shown(line)} is not a JSON object`)
}

function nameOf(fields: Record<string, unknown>, field: 'project' | 'category' | 'label'): string {
  const given = fields[field]
  if (typeof given === 'string') return parseName(given, field)
  throw new Problem('invalid', given === undefined ? `${field} is missing` : `${field} is not text`)
}

function numberOrText(fields: Record<string, unknown>, field: 'time' | 'value'): string {
  const given = fields[field]
  if (typeof given === 'number' || typeof given === 'string') return String(given).trim()
  throw new Problem('invalid', given === undefined ? `${field} is missing` : `${field} is not a number`)
}

function readValue(fields: Record<string, unknown>): number {
  const { value } = fields
  return typeof value === 'number' && Number.isFinite(value)
    ? value
    : parseValue(numberOrText(fields, 'value'))
}
