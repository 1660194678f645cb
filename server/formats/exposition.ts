// Prometheus' text format, as programs push it: a metric, its labels in braces, a value, perhaps a time, a line each.
// https://prometheus.io/docs/instrumenting/exposition_formats/

import type { Tag } from './naming.ts'
import { FormatError } from './text-answers.ts'

export interface ExposedSample {
  name: string
  tags: Tag[]
  value: number
  /** Milliseconds; undefined: now. */
  time: number | undefined
  line: number
}

/** Words for people about a metric. */
export interface ExposedHelp {
  name: string
  help: string
}

/** A line that is none. */
export class ExpositionError extends FormatError {
  override readonly name = 'ExpositionError'
  readonly line: number

  constructor(line: number, reason: string) {
    super(`text format parsing error in line ${line}: ${reason}`)
    this.line = line
  }
}

const metric = /^[a-zA-Z_:][a-zA-Z0-9_:]*/
const labelName = /[a-zA-Z_][a-zA-Z0-9_]*\s*=\s*"/y
const helpLine = /^#\s+HELP\s+(\S+)\s+(.*)$/
const numbers: Readonly<Record<string, number>> = {
  ...{ nan: Number.NaN, '+inf': Number.POSITIVE_INFINITY, inf: Number.POSITIVE_INFINITY },
  '-inf': Number.NEGATIVE_INFINITY,
}

/** Samples and help texts, in order. Throws an ExpositionError at the first line that is none. */
export function* readExposition(text: string): Generator<ExposedSample | ExposedHelp> {
  let at = 0
  for (let line = 1; at < text.length; line++) {
    const found = text.indexOf('\n', at)
    const end = found < 0 ? text.length : found
    const content = text.slice(at, end).trim()
    at = end + 1
    if (content.startsWith('#')) {
      const [, name, help] = helpLine.exec(content) ?? []
      if (name !== undefined && help !== undefined) yield { name, help: unescaped(help) }
    } else if (content !== '') yield sampleIn(content, line)
  }
}

function sampleIn(content: string, line: number): ExposedSample {
  const name = metric.exec(content)?.[0]
  if (name === undefined) throw new ExpositionError(line, 'invalid metric name')
  let at = name.length
  while (content[at] === ' ' || content[at] === '\t') at++
  const tags: Tag[] = []
  if (content[at] === '{') at = readTags(content, at + 1, tags, line)
  const [value = '', time, ...more] = content.slice(at).trim().split(/\s+/)
  if (more.length > 0) throw new ExpositionError(line, `unexpected "${more[0]}"`)
  return { name, tags, value: numberIn(value, line), time: timeIn(time, line), line }
}

/** Reads labels up to the closing brace; where the value begins. */
function readTags(content: string, from: number, tags: Tag[], line: number): number {
  for (let at = from; ; ) {
    while (content[at] === ' ' || content[at] === ',' || content[at] === '\t') at++
    if (content[at] === '}') return at + 1
    labelName.lastIndex = at
    const [begin] = labelName.exec(content) ?? []
    if (begin === undefined) throw new ExpositionError(line, 'invalid label')
    const start = at + begin.length
    const end = textEnd(content, start)
    if (end < 0) throw new ExpositionError(line, 'label value is not closed')
    tags.push([begin.slice(0, begin.indexOf('=')).trim(), unescaped(content.slice(start, end))])
    at = end + 1
  }
}

function textEnd(content: string, from: number): number {
  for (let at = from; at < content.length; at++) {
    if (content[at] === '\\') at++
    else if (content[at] === '"') return at
  }
  return -1
}

const unescaped = (text: string): string =>
  text.includes('\\') ? text.replace(/\\(.)/g, (_, sign: string) => (sign === 'n' ? ' ' : sign)) : text

function numberIn(text: string, line: number): number {
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return Number(text)
  const known = numbers[text.toLowerCase()]
  if (known !== undefined) return known
  throw new ExpositionError(line, `expected float as value, got "${text.slice(0, 60)}"`)
}

function timeIn(text: string | undefined, line: number): number | undefined {
  if (text === undefined) return undefined
  if (/^-?\d{1,15}$/.test(text)) return Number(text) + 0
  throw new ExpositionError(line, `expected integer as timestamp, got "${text.slice(0, 60)}"`)
}
