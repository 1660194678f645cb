// Many points in one body: a JSON array, a JSON object a line, or a table with a header. Each reader gives one record of
// fields at a time with the line (or the place in the list) where it stands, so that long bodies delay nobody.

import { splitFields } from '../../common/formats/csv.ts'
import { Problem } from '../../common/problem.ts'
import type { Fields } from './request-fields.ts'

/** A record, or what is wrong where one should be. */
export interface ListItem {
  line: number
  fields: Fields | Problem
}

export type ListReader = (text: string) => Iterator<ListItem>

export const listReaders = { json: jsonItems, ndjson: ndjsonItems, csv: csvItems } as const
export type ListKind = keyof typeof listReaders

const types: readonly (readonly [RegExp, ListKind])[] = [
  [/^application\/(x-)?(ndjson|jsonl|jsonlines|json-seq)$/, 'ndjson'],
  [/^application\/([\w.-]+\+)?json$/, 'json'],
  [/^(text|application)\/csv$/, 'csv'],
]
/** What programs say that were told nothing, such as curl. */
const unsaid = new Set(['', 'text/plain', 'application/octet-stream', 'application/x-www-form-urlencoded'])

export const acceptedTypes = 'application/json, application/x-ndjson or text/csv'

/** Which list a body is, by its type, and where none is given by its first sign; undefined for a type of something else. */
export function listKind(contentType: string, text: string): ListKind | undefined {
  const media = contentType.split(';')[0]?.trim().toLowerCase() ?? ''
  const known = types.find(([pattern]) => pattern.test(media))?.[1]
  if (known !== undefined || !unsaid.has(media)) return known
  const first = text.trimStart()[0]
  if (first === '[') return 'json'
  return first === '{' ? 'ndjson' : 'csv'
}

/** Elements are cut out and parsed one by one: one that is wrong hides no other. */
function* jsonItems(text: string): Generator<ListItem> {
  let at = skipSpace(text, 0)
  if (text[at] === '{') {
    yield { line: 1, fields: objectIn(text) }
    return
  }
  if (text[at] !== '[') throw notAList(text)
  at = skipSpace(text, at + 1)
  for (let line = 1; text[at] !== ']'; line++) {
    const end = elementEnd(text, at)
    yield { line, fields: objectIn(text.slice(at, end)) }
    at = skipSpace(text, end)
    if (text[at] === ',') at = skipSpace(text, at + 1)
    else if (text[at] !== ']') throw notAList(text)
    else break
    if (text[at] === ']') throw notAList(text)
  }
  if (skipSpace(text, at + 1) < text.length) throw notAList(text)
}

function* ndjsonItems(text: string): Generator<ListItem> {
  for (const [line, content] of linesOf(text)) {
    if (content.trim() !== '') yield { line, fields: objectIn(content) }
  }
}

function* csvItems(text: string): Generator<ListItem> {
  let header: string[] | undefined
  for (const [line, record] of recordsOf(text)) {
    if (typeof record !== 'string') {
      yield { line, fields: record }
      continue
    }
    if (record.trim() === '') continue
    const cells = record.includes('"') ? (splitFields(record) ?? []) : record.split(',')
    if (header === undefined) header = headerOf(cells)
    else yield { line, fields: rowOf(header, cells) }
  }
}

function headerOf(cells: readonly string[]): string[] {
  const header = cells.map((cell) => cell.trim().toLowerCase())
  const twice = header.find((name, index) => header.indexOf(name) !== index)
  if (twice !== undefined || !header.includes('value')) {
    throw new Problem('invalid', 'the first line is not a header of points', {
      field: 'body',
      given: cells.join(','),
      expected: 'column names once each, such as category,label,time,value',
    })
  }
  return header
}

/** Empty cells say nothing. */
function rowOf(header: readonly string[], cells: readonly string[]): Fields | Problem {
  if (cells.length !== header.length) {
    return new Problem('invalid', `has ${cells.length} cells instead of ${header.length}`, {
      ...{ field: 'body', given: cells.join(','), expected: header.join(',') },
    })
  }
  const fields: Fields = {}
  for (const [index, name] of header.entries()) {
    const cell = cells[index] ?? ''
    if (cell !== '' || name === 'category' || name === 'label') fields[name] = cell
  }
  return fields
}

/** Records of a table: a line each, more where a quotation mark is open; a mark that is never closed is a Problem. */
function* recordsOf(text: string): Generator<[line: number, record: string | Problem]> {
  let open = ''
  let openFrom = 0
  for (const [line, content] of linesOf(text)) {
    if (open === '' && !content.includes('"')) {
      yield [line, content]
      continue
    }
    if (open === '') openFrom = line
    open += open === '' ? content : `\n${content}`
    if (splitFields(open) !== undefined) {
      yield [openFrom, open]
      open = ''
    } else if (open.length > longestRecord) break
  }
  if (open === '') return
  const given = open.slice(0, 100)
  yield [openFrom, new Problem('invalid', 'a quotation mark is not closed', { field: 'body', given })]
}

const longestRecord = 10_000

function* linesOf(text: string): Generator<[number: number, line: string]> {
  let line = 1
  for (let at = text.startsWith('\uFEFF') ? 1 : 0; at < text.length; line++) {
    const found = text.indexOf('\n', at)
    const end = found < 0 ? text.length : found
    yield [line, text.slice(at, text[end - 1] === '\r' && end > at ? end - 1 : end)]
    at = end + 1
  }
}

/** Where the element that begins at `from` ends: at a comma or bracket outside of texts and of what it contains. */
function elementEnd(text: string, from: number): number {
  let depth = 0
  for (let at = from; at < text.length; at++) {
    const sign = text[at]
    if (sign === '"') at = textEnd(text, at)
    else if (sign === '{' || sign === '[') depth++
    else if (sign === '}' || sign === ']') {
      if (depth === 0) return at
      depth--
    } else if (sign === ',' && depth === 0) return at
  }
  throw notAList(text)
}

/** The quotation mark that closes the one at `from`. */
function textEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '"') return at
  }
  return text.length
}

function skipSpace(text: string, from: number): number {
  let at = from
  while (at < text.length && ' \t\r\n\uFEFF'.includes(text[at] as string)) at++
  return at
}

function objectIn(text: string): Fields | Problem {
  const details = {
    ...{ field: 'body', given: text.length > 200 ? `${text.slice(0, 200)}…` : text.trim() },
    expected: 'an object such as {"category":"foo","label":"bar","value":42}',
  }
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
    return new Problem('invalid', 'not a JSON object', details)
  } catch {
    return new Problem('invalid', 'not valid JSON', details)
  }
}

const notAList = (text: string): Problem =>
  new Problem('invalid', 'the body is not a JSON array', {
    field: 'body',
    given: text.slice(0, 200),
    expected: 'a list of objects such as [{"category":"foo","label":"bar","value":42}]',
  })
