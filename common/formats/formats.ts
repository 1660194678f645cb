// The formats that points are written and read in, by name, and which of them a text is in.

import { csv, csvColumns, splitFields } from './csv.ts'
import type { Format } from './format.ts'
import { lineProtocol } from './line-protocol.ts'
import { isLineOfProtocol } from './line-protocol-reader.ts'
import { ndjson } from './ndjson.ts'

export const formats: Readonly<Record<string, Format>> = {
  csv,
  ndjson,
  'line-protocol': lineProtocol,
}

/** The format that the beginning of a text is in; undefined where it looks like none of them. */
export function detectFormat(beginning: string): Format | undefined {
  const first = beginning
    .split('\n')
    .map((line) => line.replace(/^\uFEFF/, '').trim())
    .find((line) => line !== '')
  if (first === undefined) return undefined
  if (first.startsWith('{') && (first.endsWith('}') || !isLineOfProtocol(first))) return ndjson
  if (first.startsWith('#')) return lineProtocol
  const fields = splitFields(first)
  if (fields && (csvColumns(fields) || looksLikeRecord(fields))) return csv
  if (isLineOfProtocol(first)) return lineProtocol
  return first.startsWith('"') ? csv : undefined
}

/** Five fields, the last a number. */
const looksLikeRecord = (fields: readonly string[]): boolean =>
  fields.length === 5 && /^\s*[+-]?(\d|\.\d)[\d.e+-]*\s*$/i.test(fields[4] ?? '')
