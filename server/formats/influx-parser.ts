// Reads InfluxDB's line protocol as it comes from the network, byte by byte and without making text of it: what takes
// most of the time elsewhere are strings that are thrown away at once.
// https://docs.influxdata.com/influxdb/v2/reference/syntax/line-protocol/

import { hashed, hashSeed, type InfluxNames, LineError } from './influx-names.ts'

/** Where points go. Text fields make none. */
export interface InfluxSink {
  /** `time` in ms; undefined where the line has none. */
  point(category: string, label: string, time: number | undefined, value: number, line: number): void
  /** A line that is none, as it was written, and why in InfluxDB's words. Nothing of it was given to `point`. */
  wrong(line: number, text: string, reason: string): void
}

/** Milliseconds in a unit of time, by all the names that InfluxDB gave it. */
export const precisions: Readonly<Record<string, number>> = {
  ...{ n: 1e-6, ns: 1e-6, u: 1e-3, us: 1e-3, µ: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 },
}

const newline = 10
const carriage = 13
const space = 32
const quote = 34
const hash = 35
const comma = 44
const minus = 45
const point = 46
const zero = 48
const nine = 57
const equals = 61
const backslash = 92
const longestShown = 200

/** Powers of ten that a float64 holds exactly. */
const powers = Array.from({ length: 23 }, (_, i) => 10 ** i)
/** Mantissas up to here are exact, and so is dividing them by such a power. */
const mostMantissa = 2 ** 53

const truths = new Map([
  ...['t', 'T', 'true', 'True', 'TRUE'].map((word) => [word, 1] as const),
  ...['f', 'F', 'false', 'False', 'FALSE'].map((word) => [word, 0] as const),
])

export class InfluxParser {
  readonly #names: InfluxNames
  readonly #bytes: Uint8Array
  readonly #msPerUnit: number
  readonly #sink: InfluxSink
  #at = 0
  #line = 0
  /** Points of the present line: given on once the line is known to be one. */
  readonly #labels: string[] = []
  readonly #values: number[] = []
  #count = 0
  /** Where the value that was read last ends. */
  #end = 0

  /** Reads `bytes`, whose bare times count in units of `msPerUnit` ms. */
  constructor(names: InfluxNames, bytes: Uint8Array, sink: InfluxSink, msPerUnit = 1e-6) {
    this.#names = names
    this.#bytes = bytes
    this.#sink = sink
    this.#msPerUnit = msPerUnit
  }

  /** Reads some lines, at least `least` bytes; false when all are read. */
  more(least: number): boolean {
    const until = Math.min(this.#bytes.length, this.#at + least)
    while (this.#at < until) this.#next()
    return this.#at < this.#bytes.length
  }

  #next(): void {
    const bytes = this.#bytes
    this.#line++
    let at = this.#at
    while (bytes[at] === space) at++
    const first = bytes[at]
    if (first === undefined || first === newline || first === carriage || first === hash) {
      this.#at = lineEnd(bytes, at) + 1
      return
    }
    try {
      this.#at = this.#read(at)
    } catch (error) {
      if (!(error instanceof LineError)) throw error
      const end = lineEnd(bytes, at)
      this.#sink.wrong(this.#line, shown(bytes, at, end), error.message)
      this.#at = end + 1
    }
  }

  /** Reads the line that begins at `start`; where the next one does. */
  #read(start: number): number {
    const bytes = this.#bytes
    let key = hashSeed
    let at = start
    for (let byte = bytes[at]; byte !== space; byte = bytes[++at]) {
      if (byte === undefined || byte === newline || byte === carriage) throw new LineError('missing fields')
      key = hashed(key, byte)
      if (byte === backslash && at + 1 < bytes.length && bytes[at + 1] !== newline) {
        key = hashed(key, bytes[++at] as number)
      }
    }
    const series = this.#names.series(bytes, start, at, key)
    while (bytes[at] === space) at++
    this.#count = 0
    let from = at
    for (let index = 0; ; index++) {
      const assign = this.#fieldEnd(from)
      const value = this.#value(assign + 1)
      if (value !== undefined) {
        this.#labels[this.#count] = this.#names.field(series, index, bytes, from, assign).label
        this.#values[this.#count++] = value
      }
      at = this.#end
      if (bytes[at] !== comma) break
      from = at + 1
    }
    const time = this.#time(at)
    for (let i = 0; i < this.#count; i++) {
      this.#sink.point(
        series.category,
        this.#labels[i] as string,
        time,
        this.#values[i] as number,
        this.#line,
      )
    }
    return this.#end + 1
  }

  /** Where the `=` behind the field's name that begins at `from` stands. */
  #fieldEnd(from: number): number {
    const bytes = this.#bytes
    let at = from
    for (let byte = bytes[at]; byte !== equals; byte = bytes[++at]) {
      if (byte === undefined || byte === newline || byte === carriage || byte === space) {
        throw new LineError(at === from ? 'missing fields' : 'invalid field format')
      }
      if (byte === backslash) at++
    }
    if (at === from) throw new LineError('missing field key')
    return at
  }

  /** The value that begins at `from`, undefined for text; leaves `#end` behind it. */
  #value(from: number): number | undefined {
    const bytes = this.#bytes
    let at = from
    let byte = bytes[at]
    if (byte === quote) return this.#text(from)
    const isNegative = byte === minus
    if (isNegative) byte = bytes[++at]
    let mantissa = 0
    let decimals = -1
    const first = at
    for (; byte !== undefined; byte = bytes[++at]) {
      if (byte >= zero && byte <= nine) {
        mantissa = mantissa * 10 + (byte - zero)
        if (decimals >= 0) decimals++
      } else if (byte === point && decimals < 0) decimals = 0
      else break
    }
    const digits = at - first - (decimals >= 0 ? 1 : 0)
    const isPlain = digits > 0 && mantissa < mostMantissa && decimals <= 22
    if (isPlain && (endsValue(byte) || isInteger(byte, decimals, bytes[at + 1]))) {
      this.#end = endsValue(byte) ? at : at + 1
      const size = decimals > 0 ? mantissa / (powers[decimals] as number) : mantissa
      return isNegative ? -size : size
    }
    return this.#rareValue(from)
  }

  /** Numbers with an exponent or many digits, and truths. */
  #rareValue(from: number): number {
    const bytes = this.#bytes
    let at = from
    while (!endsValue(bytes[at])) at++
    this.#end = at
    const text = decoder.decode(bytes.subarray(from, at))
    const truth = truths.get(text)
    if (truth !== undefined) return truth
    const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)
      ? Number(text)
      : /^-?\d+[iu]$/.test(text)
        ? Number(text.slice(0, -1))
        : Number.NaN
    if (Number.isFinite(number)) return number
    throw new LineError(
      text === '' ? 'missing field value' : /^[a-z]/i.test(text) ? 'invalid boolean' : 'invalid number',
    )
  }

  /** Passes over text in quotation marks, which may go on over several lines. */
  #text(from: number): undefined {
    const bytes = this.#bytes
    let at = from + 1
    let lines = 0
    for (let byte = bytes[at]; byte !== quote; byte = bytes[++at]) {
      if (byte === undefined) throw new LineError('unbalanced quotes')
      if (byte === newline) lines++
      if (byte === backslash) at++
    }
    this.#line += lines
    this.#end = at + 1
    if (!endsValue(bytes[this.#end])) throw new LineError('invalid field format')
    return undefined
  }

  /** The time that stands from `from` to the line's end, ms; leaves `#end` at that end. */
  #time(from: number): number | undefined {
    const bytes = this.#bytes
    let at = from
    while (bytes[at] === space) at++
    const start = at
    let byte = bytes[at]
    while (byte !== undefined && byte !== newline && byte !== carriage && byte !== space) byte = bytes[++at]
    const end = at
    while (bytes[at] === space || bytes[at] === carriage) at++
    if (bytes[at] !== undefined && bytes[at] !== newline) throw new LineError('bad timestamp')
    this.#end = at
    return start === end ? undefined : this.#milliseconds(start, end)
  }

  #milliseconds(start: number, end: number): number {
    const bytes = this.#bytes
    // Of nanoseconds the last six digits only round, and a float64 has no room for them.
    const cut = this.#msPerUnit === 1e-6 && end - start > 15 ? end - 6 : end
    let time = 0
    for (let at = start; at < end; at++) {
      const byte = bytes[at] as number
      if (byte < zero || byte > nine) return this.#oddTime(start, end)
      if (at < cut) time = time * 10 + (byte - zero)
    }
    if (end - start > 20) throw new LineError('bad timestamp')
    if (cut === end) return Math.round(time * this.#msPerUnit)
    return (bytes[cut] as number) >= zero + 5 ? time + 1 : time
  }

  /** Before 1970, or no time at all. */
  #oddTime(start: number, end: number): number {
    const text = decoder.decode(this.#bytes.subarray(start, end))
    if (!/^-\d{1,19}$/.test(text)) throw new LineError('bad timestamp')
    return Math.round(Number(text) * this.#msPerUnit) + 0
  }
}

const endsValue = (byte: number | undefined): boolean =>
  byte === comma || byte === space || byte === newline || byte === carriage || byte === undefined

const isInteger = (byte: number | undefined, decimals: number, next: number | undefined): boolean =>
  (byte === 105 || byte === 117) && decimals < 0 && endsValue(next)

function lineEnd(bytes: Uint8Array, from: number): number {
  const end = bytes.indexOf(newline, from)
  return end < 0 ? bytes.length : end
}

const decoder = new TextDecoder()

function shown(bytes: Uint8Array, from: number, to: number): string {
  const text = decoder.decode(bytes.subarray(from, Math.min(to, from + 4 * longestShown))).trimEnd()
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text
}
