// Points as one row of the log: as they come, in some four bytes each, so that storing a round costs one small
// insert. Numbers that are short decimals are told as such, all others bit by bit.

import { ByteReader, ByteWriter, unzigzag, zigzag } from '../codec/bytes.ts'

const powers = [1, 10, 100, 1000]
/** Whole numbers below this leave room for their digits in a varint. */
const largestWhole = 2 ** 49

/** Writes a finite float64 in 1 to 9 bytes. */
export function writeNumber(bytes: ByteWriter, value: number): void {
  for (let digits = 0; digits < 4; digits++) {
    const power = powers[digits] as number
    const whole = Math.round(value * power)
    if (whole / power !== value || Math.abs(whole) > largestWhole) continue
    if (whole === 0 && Object.is(value, -0)) break
    bytes.varint(zigzag(whole) * 4 + digits + 1)
    return
  }
  bytes.byte(0)
  bytes.float64(value)
}

export function readNumber(bytes: ByteReader): number {
  const code = bytes.varint()
  if (code === 0) return bytes.float64()
  const digits = (code - 1) % 4
  return unzigzag((code - 1 - digits) / 4) / (powers[digits] as number)
}

/** Gathers points into the blob of one row. */
export class LogEntryWriter {
  readonly #bytes = new ByteWriter(4096)
  #category = 0
  #time = 0
  #series = 0

  get length(): number {
    return this.#bytes.length
  }

  add(category: number, series: number, time: number, value: number): void {
    const bytes = this.#bytes
    if (category !== this.#category || time !== this.#time) {
      bytes.byte(0)
      bytes.signed(category - this.#category)
      bytes.signed(time - this.#time)
      this.#category = category
      this.#time = time
      this.#series = 0
    }
    bytes.varint(zigzag(series - this.#series - 1) + 1)
    this.#series = series
    writeNumber(bytes, value)
  }

  /** The blob of all points since the last call. */
  take(): Uint8Array {
    const blob = this.#bytes.copy()
    this.clear()
    return blob
  }

  /** Forgets points that were not taken. */
  clear(): void {
    this.#bytes.cutTo(0)
    this.#category = 0
    this.#time = 0
    this.#series = 0
  }
}

/** Calls `visit` for every point of a row of the log, in order of storing. */
export function eachLogged(
  blob: Uint8Array,
  visit: (category: number, series: number, time: number, value: number) => void,
): void {
  const bytes = new ByteReader(blob)
  let category = 0
  let time = 0
  let series = 0
  while (!bytes.done) {
    const code = bytes.varint()
    if (code === 0) {
      category += bytes.signed()
      time += bytes.signed()
      series = 0
      continue
    }
    series += 1 + unzigzag(code - 1)
    visit(category, series, time, readNumber(bytes))
  }
}
