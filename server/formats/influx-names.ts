// Measurements, tags and fields as they stand in lines of the line protocol, bytes and all, and what they are called here:
// looked up without making text of them, for the same few come again and again.

import type { Foreign, Naming, Tag } from './naming.ts'

/** No more than this many are remembered. */
const mostSeries = 10_000
const mostFields = 1000

export interface FieldName {
  readonly bytes: Uint8Array
  readonly label: string
}

/** Measurement and tags. */
export interface SeriesName {
  readonly bytes: Uint8Array
  readonly category: string
  /** In the order of their first coming, which is mostly that of every line. */
  readonly fields: FieldName[]
  readonly foreign: Omit<Foreign, 'field'>
}

export class InfluxNames {
  readonly #naming: Naming
  readonly #byHash = new Map<number, SeriesName[]>()
  #count = 0

  constructor(naming: Naming) {
    this.#naming = naming
  }

  /** The series whose key stands in [from, to); `hash` is `hashOf` of these bytes. Throws a LineError. */
  series(bytes: Uint8Array, from: number, to: number, hash: number): SeriesName {
    const known = this.#byHash.get(hash)
    if (known !== undefined) {
      for (let i = 0; i < known.length; i++) {
        const one = known[i] as SeriesName
        if (isSame(one.bytes, bytes, from, to)) return one
      }
    }
    return this.#add(bytes.slice(from, to), hash)
  }

  /** The field whose name stands in [from, to); `index` is its place among the fields of its line. */
  field(series: SeriesName, index: number, bytes: Uint8Array, from: number, to: number): FieldName {
    const { fields, foreign } = series
    const likely = fields[index]
    if (likely !== undefined && isSame(likely.bytes, bytes, from, to)) return likely
    for (const one of fields) if (isSame(one.bytes, bytes, from, to)) return one
    const key = bytes.slice(from, to)
    const label = this.#naming.label({ ...foreign, field: plain(textOf(key)) })
    const made = { bytes: key, label }
    if (fields.length < mostFields) fields.push(made)
    return made
  }

  #add(key: Uint8Array, hash: number): SeriesName {
    const foreign = parseKey(textOf(key))
    const category = this.#naming.category({ ...foreign, field: '' })
    const made: SeriesName = { bytes: key, category, fields: [], foreign }
    if (this.#count >= mostSeries) {
      this.#byHash.clear()
      this.#count = 0
    }
    this.#count++
    this.#byHash.set(hash, [...(this.#byHash.get(hash) ?? []), made])
    return made
  }
}

/** A line that is none: the message in InfluxDB's words. */
export class LineError extends Error {
  override readonly name = 'LineError'
}

export const hashSeed = 0x811c9dc5
/** The hash of bytes so far, and one more. */
export const hashed = (hash: number, byte: number): number => Math.imul(hash ^ byte, 0x01000193)

function isSame(known: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (known.length !== to - from) return false
  for (let i = 0; i < known.length; i++) if (known[i] !== bytes[from + i]) return false
  return true
}

const decoder = new TextDecoder()
const textOf = (bytes: Uint8Array): string => decoder.decode(bytes)

/** `measurement,tag=value,tag=value` with backslashes before `,`, `=`, space and backslash. */
function parseKey(text: string): Omit<Foreign, 'field'> {
  const [measurement = '', ...pairs] = text.split(/(?<!(?:^|[^\\])(?:\\\\)*\\),/)
  if (measurement === '') throw new LineError('missing measurement')
  return { name: plain(measurement), tags: pairs.map(tagOf) }
}

function tagOf(pair: string): Tag {
  const equals = /(?<!(?:^|[^\\])(?:\\\\)*\\)=/.exec(pair)?.index ?? -1
  if (equals < 0) throw new LineError('missing tag value')
  if (equals === 0) throw new LineError('missing tag key')
  if (equals === pair.length - 1) throw new LineError('missing tag value')
  return [plain(pair.slice(0, equals)), plain(pair.slice(equals + 1))]
}

const plain = (text: string): string => (text.includes('\\') ? text.replace(/\\([\\,= ])/g, '$1') : text)
