// Cuts bytes into lines of text as they come, in bounded memory whatever they are: what is no UTF-8, or longer than any
// line of points, is refused by its number.

import { isUtf8 } from 'node:buffer'

/** A line longer than this is nothing that we know. */
const longestLine = 1024 * 1024

const newline = 10

export interface LineReceiver {
  /** A line without its end; lines count from 1. */
  line(text: string, number: number): void
  refuse(number: number, reason: string): void
}

export class LineSplitter {
  readonly #receiver: LineReceiver
  #number = 0
  /** The beginning of a line whose end has not come yet. */
  #rest: Buffer = Buffer.alloc(0)
  /** The present line was too long and is passed over. */
  #skips = false

  constructor(receiver: LineReceiver) {
    this.#receiver = receiver
  }

  push(chunk: Buffer): void {
    const end = chunk.lastIndexOf(newline)
    if (end < 0) {
      this.#keep(chunk)
      return
    }
    let whole = Buffer.concat([this.#rest, chunk.subarray(0, end)])
    if (this.#skips) {
      this.#skips = false
      const next = whole.indexOf(newline)
      this.#tooLong()
      whole = next < 0 ? Buffer.alloc(0) : whole.subarray(next + 1)
      if (next >= 0) this.#lines(whole)
    } else this.#lines(whole)
    this.#rest = Buffer.alloc(0)
    this.#keep(chunk.subarray(end + 1))
  }

  /** The last line needs no end. */
  end(): void {
    if (this.#skips) this.#tooLong()
    else if (this.#rest.length > 0) this.#lines(this.#rest)
  }

  #keep(bytes: Buffer): void {
    if (this.#skips) return
    this.#rest = Buffer.concat([this.#rest, bytes])
    if (this.#rest.length <= longestLine) return
    this.#skips = true
    this.#rest = Buffer.alloc(0)
  }

  #tooLong(): void {
    this.#receiver.refuse(++this.#number, `is longer than ${longestLine} bytes`)
  }

  #lines(bytes: Buffer): void {
    if (isUtf8(bytes)) {
      for (const text of bytes.toString('utf8').split('\n')) this.#line(text)
      return
    }
    for (let from = 0; from <= bytes.length; ) {
      const found = bytes.indexOf(newline, from)
      const end = found < 0 ? bytes.length : found
      const line = bytes.subarray(from, end)
      if (isUtf8(line)) this.#line(line.toString('utf8'))
      else this.#receiver.refuse(++this.#number, 'is not text in UTF-8')
      from = end + 1
    }
  }

  #line(text: string): void {
    this.#number++
    this.#receiver.line(this.#number === 1 ? text.replace(/^\uFEFF/, '') : text, this.#number)
  }
}
