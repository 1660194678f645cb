// An object of JSON a line: a point as add_data_point takes it, or whatever numbers a machine tells of itself, such as
// {"timestamp": "03:12:00", "processes": 93, "cpuUsage": 3.5}.

import { Problem } from '../../common/problem.ts'
import { parseTime } from '../../common/time.ts'
import type { Naming, Tag } from '../formats/naming.ts'
import { readRecord } from '../points/read-record.ts'
import type { Fields } from '../points/request-fields.ts'
import type { LinePoint, Sender } from './read-line.ts'

const dayMs = 86_400_000
const clockPattern = /^([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:[.,](\d{1,3})\d*)?)?$/
const timeFields = ['timestamp', 'time']
const machineFields = ['machine', 'host', 'hostname']

/** The points of one object. Throws a Problem `invalid`. */
export function readJsonLine(text: string, sender: Sender, naming: Naming): LinePoint[] {
  const fields = objectOf(text)
  const isRecord = 'category' in fields && 'label' in fields && 'value' in fields
  return isRecord ? [readRecord(fields, { own: true })] : machinePoints(fields, sender, naming)
}

function objectOf(text: string): Fields {
  try {
    const object: unknown = JSON.parse(text)
    if (typeof object === 'object' && object !== null && !Array.isArray(object)) return { ...object }
  } catch {
    // Said below.
  }
  const given = text.length > 60 ? `${text.slice(0, 57)}…` : text
  throw new Problem('invalid', `${JSON.stringify(given)} is not an object of JSON`, {
    ...{ field: 'line', given, expected: 'such as {"category": "foo", "label": "bar", "value": 42}' },
  })
}

/** A point for every number; texts tell its machine and tags. */
function machinePoints(fields: Fields, { machine, now }: Sender, naming: Naming): LinePoint[] {
  const { projectid } = fields
  const time = timeOf(fields, now)
  const tags = tagsOf(fields, machine)
  const points = Object.entries(fields).flatMap(([field, value]): LinePoint[] => {
    if (timeFields.includes(field) || typeof value !== 'number') return []
    const foreign = { name: field, field, tags }
    const names = { category: naming.category(foreign), label: naming.label(foreign) }
    return [{ ...names, time, value, projectid: typeof projectid === 'string' ? projectid : undefined }]
  })
  if (points.length > 0) return points
  throw new Problem('invalid', 'the object has no number in it', {
    ...{ field: 'line', expected: 'a field with a number, or category, label and value' },
  })
}

function tagsOf(fields: Fields, address: string): Tag[] {
  const own = machineFields.map((field) => fields[field]).find((name) => typeof name === 'string')
  const reserved = new Set([...timeFields, ...machineFields, 'projectid'])
  const tags = Object.entries(fields).flatMap(([name, value]): Tag[] =>
    typeof value === 'string' && !reserved.has(name) ? [[name, value]] : [],
  )
  return [['machine', typeof own === 'string' && own !== '' ? own : address], ...tags]
}

function timeOf(fields: Fields, now: number): number | undefined {
  const field = timeFields.find((name) => fields[name] !== undefined && fields[name] !== null)
  const given = field === undefined ? undefined : fields[field]
  if (given === undefined) return undefined
  if (typeof given !== 'string' && typeof given !== 'number') return parseTime(String(given), field)
  return (typeof given === 'string' ? todayAt(given, now) : undefined) ?? parseTime(given, field)
}

/**
 * A time of this day, in the zone of this machine, ms; undefined for any other text. Around midnight it may be the day
 * before or after, for the clocks of two machines differ.
 */
export function todayAt(text: string, now: number): number | undefined {
  const [, hours, minutes, seconds = '0', fraction = '0'] = clockPattern.exec(text.trim()) ?? []
  if (hours === undefined || minutes === undefined) return undefined
  const day = new Date(now)
  const time = day.setHours(Number(hours), Number(minutes), Number(seconds), Number(fraction.padEnd(3, '0')))
  if (time - now > dayMs / 2) return time - dayMs
  return now - time > dayMs - 5 * 60_000 ? time + dayMs : time
}
