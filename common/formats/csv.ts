// Comma-separated values (RFC 4180) with a header, one point a record. Names may hold anything, also line breaks:
// such a record goes on over several lines.

import type { Point } from '../point.ts'
import { Problem } from '../problem.ts'
import { type Format, orRefuse, type PointReader, parseName, perSeries, type ReadSink } from './format.ts'
import { parseTimeText, parseValue, timeText, valueText } from './numbers.ts'

const columns = ['project', 'category', 'label', 'time', 'value'] as const
type Column = (typeof columns)[number]
const needed: readonly Column[] = ['category', 'label', 'time', 'value']

export const csvHeader: string = columns.join(',')

/** A record that goes on for longer than this has a quotation mark too many, not a long name. */
const longestRecord = 4000

/** Nor over more lines. */
const mostLines = 400

export const csv: Format = {
  name: 'csv',
  writer: () => {
    const headOf = perSeries(
      ({ project, category, label }) =>
        `${quotedField(project)},${quotedField(category)},${quotedField(label)},`,
    )
    const record = (point: Point) => `${headOf(point)}${timeText(point.time)},${valueText(point.value)}\n`
    return { head: `${csvHeader}\n`, text: (points) => points.map(record).join('') }
  },
  reader: (sink) => new CsvReader(sink),
}

/** Columns by name, or undefined when this is no header of ours. */
export function csvColumns(fields: readonly string[]): Map<Column, number> | undefined {
  const names = fields.map((field) => field.trim().toLowerCase())
  const found = new Map<Column, number>()
  for (const column of columns) if (names.includes(column)) found.set(column, names.indexOf(column))
  return needed.every((column) => found.has(column)) ? found : undefined
}

/** A field as it stands in a record: quoted where it has to be. */
export const quotedField = (name: string): string =>
  /[",\r\n]|^\s|\s$|^\uFEFF/.test(name) ? `"${name.replaceAll('"', '""')}"` : name

class CsvReader implements PointReader {
  readonly #sink: ReadSink
  /** Lines of a record that is not whole yet. */
  #open: string[] = []
  #openFrom = 0
  #columns: ReadonlyMap<Column, number> | undefined
  /** Fields that a record has at least. */
  #width = 0

  constructor(sink: ReadSink) {
    this.#sink = sink
  }

  line(text: string, number: number): void {
    if (this.#open.length === 0 && !text.includes('"')) {
      this.#record(withoutReturn(text).split(','), number)
      return
    }
    if (this.#open.length === 0) this.#openFrom = number
    this.#open.push(text)
    const whole = this.#open.join('\n')
    const fields = splitFields(withoutReturn(whole))
    if (fields) {
      this.#open = []
      this.#record(fields, this.#openFrom)
    } else if (whole.length > longestRecord || this.#open.length > mostLines) this.#giveUp()
  }

  end(): void {
    while (this.#open.length > 0) this.#giveUp()
  }

  /** Refuses the first line of what is open and looks at the others anew. */
  #giveUp(): void {
    const [from, lines] = [this.#openFrom, this.#open]
    this.#open = []
    this.#sink.refuse(from, 'a quotation mark is not closed')
    for (const [index, text] of lines.entries()) if (index > 0) this.line(text, from + index)
  }

  #record(fields: readonly string[], line: number): void {
    if (fields.length === 1 && fields[0]?.trim() === '') return
    if (!this.#columns) {
      const header = csvColumns(fields)
      this.#columns = header ?? new Map(columns.map((column, index) => [column, index]))
      this.#width = Math.max(...this.#columns.values()) + 1
      if (header) return
    }
    const places = this.#columns
    orRefuse(this.#sink, line, () => this.#point(fields, line, places))
  }

  #point(fields: readonly string[], line: number, places: ReadonlyMap<Column, number>): void {
    if (fields.length < this.#width) {
      throw new Problem(
        'invalid',
        `has ${fields.length} of ${this.#width} fields (${[...places.keys()].join(', ')})`,
      )
    }
    const field = (column: Column): string => fields[places.get(column) ?? -1] ?? ''
    const project = field('project')
    this.#sink.point(
      {
        project: project === '' ? undefined : parseName(project, 'project'),
        category: parseName(field('category'), 'category'),
        label: parseName(field('label'), 'label'),
        time: parseTimeText(field('time').trim()),
        value: parseValue(field('value').trim()),
      },
      line,
    )
  }
}

const withoutReturn = (text: string): string => (text.endsWith('\r') ? text.slice(0, -1) : text)

/** Fields of a record; undefined while a quotation mark is not closed. */
export function splitFields(text: string): string[] | undefined {
  const fields: string[] = []
  let at = 0
  for (;;) {
    let field = ''
    if (text[at] === '"') {
      for (at++; ; at += 2) {
        const end = text.indexOf('"', at)
        if (end < 0) return undefined
        field += text.slice(at, end)
        at = end
        if (text[end + 1] !== '"') break
        field += '"'
      }
      at++
    }
    const comma = text.indexOf(',', at)
    fields.push(field + text.slice(at, comma < 0 ? text.length : comma))
    if (comma < 0) return fields
    at = comma + 1
  }
}
