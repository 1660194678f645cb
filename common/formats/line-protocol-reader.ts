// Reads InfluxDB's line protocol, whoever wrote it: measurement and tags become the category, fields the labels, and
// one line may hold many points.

import { Problem } from '../problem.ts'
import {
  orRefuse,
  type PointReader,
  type Precision,
  parseName,
  perMillisecond,
  type ReadOptions,
  type ReadSink,
} from './format.ts'
import { parseValue, shown } from './numbers.ts'

/** The format has no line breaks in names. This comment says that from here on `\n` and `\r` stand for them. */
export const lineBreakComment = '# Pocketstats: in names, \\n and \\r are line breaks'

/** Names that were read are remembered, so that each is looked at once; no more than this many. */
const mostNames = 10_000

interface Owner {
  project: string | undefined
  category: string
}

const truths: Readonly<Record<string, number>> = {
  ...{ t: 1, T: 1, true: 1, True: 1, TRUE: 1 },
  ...{ f: 0, F: 0, false: 0, False: 0, FALSE: 0 },
}

export class LineProtocolReader implements PointReader {
  readonly #sink: ReadSink
  readonly #precision: Precision
  readonly #owners = new Map<string, Owner>()
  readonly #labels = new Map<string, string>()
  #escapes = /\\([\\,= ])/g

  constructor(sink: ReadSink, { precision = 'ns' }: ReadOptions = {}) {
    this.#sink = sink
    this.#precision = precision
  }

  line(given: string, number: number): void {
    const text = given.replace(/^ +|[ \r]+$/g, '')
    if (text === lineBreakComment) {
      this.#escapes = /\\([\\,= nr])/g
      this.#owners.clear()
      this.#labels.clear()
    }
    if (text === '' || text.startsWith('#')) return
    orRefuse(this.#sink, number, () => this.#points(text, number))
  }

  end(): void {}

  #points(text: string, line: number): void {
    const seriesEnd = find(text, ' ', 0)
    const fieldsEnd = endOfFields(text, seriesEnd + 1)
    if (seriesEnd === text.length || fieldsEnd === seriesEnd + 1) {
      throw new Problem('invalid', `${shown(text)} is not a line of the line protocol`)
    }
    const owner = this.#owner(text.slice(0, seriesEnd))
    const time = timeOf(text.slice(fieldsEnd).trim(), this.#precision)
    for (let at = seriesEnd + 1; at < fieldsEnd; ) {
      const [start, equals] = [at, find(text, '=', at)]
      at = endOfField(text, equals + 1)
      const field = text.slice(start, Math.min(at, fieldsEnd))
      orRefuse(this.#sink, line, () => {
        if (equals >= fieldsEnd) throw new Problem('invalid', `the field ${shown(field)} has no value`)
        const label = this.#label(text.slice(start, equals))
        this.#sink.point({ ...owner, label, time, value: readValue(text.slice(equals + 1, at), label) }, line)
      })
      at++
    }
  }

  #owner(series: string): Owner {
    let owner = this.#owners.get(series)
    if (!owner) {
      owner = this.#parseOwner(series)
      remember(this.#owners, series, owner)
    }
    return owner
  }

  /** A tag `project` names the project, all others stay in the category's name. */
  #parseOwner(series: string): Owner {
    const parts: string[] = []
    for (let at = 0; at <= series.length; at += (parts.at(-1)?.length ?? 0) + 1) {
      parts.push(series.slice(at, find(series, ',', at)))
    }
    const [measurement = '', ...tags] = parts
    const project = tags.find((tag) => tag.startsWith('project='))?.slice('project='.length)
    const others = tags.filter((tag) => !tag.startsWith('project='))
    const name = [measurement.replace(/^\\#/, '#'), ...others].map((part) => this.#plain(part)).join(' ')
    return {
      project: project === undefined ? undefined : parseName(this.#plain(project), 'project'),
      category: parseName(name, 'category'),
    }
  }

  #label(text: string): string {
    let label = this.#labels.get(text)
    if (label === undefined) {
      label = parseName(this.#plain(text), 'label')
      remember(this.#labels, text, label)
    }
    return label
  }

  #plain(text: string): string {
    if (!text.includes('\\')) return text
    return text.replace(this.#escapes, (_, sign: string) =>
      sign === 'n' ? '\n' : sign === 'r' ? '\r' : sign,
    )
  }
}

function remember<T>(known: Map<string, T>, key: string, value: T): void {
  if (known.size >= mostNames) known.clear()
  known.set(key, value)
}

/** Whether a text has a measurement and, behind a space, a field. */
export function isLineOfProtocol(text: string): boolean {
  const space = find(text, ' ', 0)
  return space > 0 && find(text, '=', space + 1) < text.length
}

/** Where `sign` stands next, not counting what follows a backslash; the length of the text where it does not. */
function find(text: string, sign: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === sign) return at
  }
  return text.length
}

/** Where a value that begins at `from` ends: at the next comma or space that is not inside quotation marks. */
function endOfField(text: string, from: number): number {
  const start = text[from] === '"' ? find(text, '"', from + 1) : from
  for (let at = start; at < text.length; at++) if (text[at] === ',' || text[at] === ' ') return at
  return text.length
}

/** Where the fields that begin at `from` end: at a space outside of names and texts, or with the line. */
function endOfFields(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const equals = find(text, '=', at)
    const space = find(text, ' ', at)
    if (space < equals) return space
    at = endOfField(text, equals + 1)
    if (text[at] !== ',') return at
  }
  return text.length
}

function timeOf(text: string, precision: Precision): number {
  if (text === '') throw new Problem('invalid', 'time is missing')
  if (!/^-?\d+$/.test(text)) throw new Problem('invalid', `${shown(text)} is not a time`)
  if (precision === 'ns' && text.endsWith('000000')) return Number(text.slice(0, -6)) + 0
  return Math.round(Number(text) / perMillisecond[precision]) + 0
}

function readValue(text: string, label: string): number {
  const truth = truths[text]
  if (truth !== undefined) return truth
  if (text.startsWith('"')) throw new Problem('invalid', `${shown(label)} is text, not a number`)
  return parseValue(/\d[iu]$/.test(text) ? text.slice(0, -1) : text)
}
