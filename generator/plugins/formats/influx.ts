// InfluxDB's line protocol as Telegraf's exec and execd plugins print it: the fields of one measurement are the series of
// one card, told apart by their tags. Times are not looked at: what is printed now is read now.

import { isLineOfProtocol, LineProtocolReader } from '../../../common/formats/line-protocol-reader.ts'
import type { Readings } from '../../gather.ts'
import type { Output } from './output.ts'

/** Whether the first line that says something is of the line protocol. */
export function isInflux(text: string): boolean {
  const first = text.split('\n').find((line) => line.trim() !== '' && !line.startsWith('#'))
  return (
    first !== undefined &&
    /^[^\s=]+(\\ [^\s=]*)*(,[^\s]+)? [^\s]+=[-+\dtTfF".]/.test(first.trim()) &&
    isLineOfProtocol(first.trim())
  )
}

/** One measurement is the plugin's own card; of several each has one. */
export function readInflux(text: string): Output {
  const measurements = new Map<string, Record<string, Readings[string]>>()
  let failure: string | null = null
  const reader = new LineProtocolReader({
    point: ({ category, label, value }) => {
      const [measurement, tags] = inParts(category)
      const readings = measurements.get(measurement) ?? {}
      measurements.set(measurement, readings)
      readings[labelOf(tags, label)] = value
    },
    refuse: (_line, problem) => {
      // Telegraf's plugins may have fields of text: they are no numbers to draw.
      if (!/is text, not a number/.test(problem)) failure ??= problem
    },
  })
  for (const [index, line] of text.split('\n').entries()) reader.line(withTime(line), index + 1)
  if (failure !== null && measurements.size === 0) throw new Error(failure)
  const isOne = measurements.size === 1
  const parts = [...measurements].map(([name, readings]) => ({ name: isOne ? '' : name, readings }))
  return { parts, failure }
}

/** Telegraf fills in the time where a line has none. */
const withTime = (line: string): string =>
  line.trim() === '' || line.startsWith('#') || / -?\d+\s*$/.test(line) ? line : `${line.trimEnd()} 0`

/** The reader puts tags behind the measurement, `weather location=us`. */
function inParts(category: string): [measurement: string, tags: string[]] {
  const words = category.split(' ')
  const first = words.findIndex((word) => word.includes('='))
  if (first < 0) return [category, []]
  return [words.slice(0, first).join(' '), words.slice(first)]
}

function labelOf(tags: readonly string[], field: string): string {
  const values = tags.map((tag) => tag.slice(tag.indexOf('=') + 1))
  return [...values, ...(field === 'value' && values.length > 0 ? [] : [field])].join(' ')
}
