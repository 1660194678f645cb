// Numbers of any width in bits, lowest bit first, packed without a gap.

import type { ByteWriter } from './bytes.ts'

const half = 2 ** 24

export class BitWriter {
  readonly #bytes: ByteWriter
  #pending = 0
  #used = 0

  /** Writes into `bytes`; nothing else may write there until `flush`. */
  constructor(bytes: ByteWriter) {
    this.#bytes = bytes
  }

  /** The lowest `width` bits of `value`; width 0 to 53. */
  write(value: number, width: number): void {
    let rest = value
    let left = width
    for (; left > 24; left -= 24) {
      this.#put(rest % half, 24)
      rest = Math.floor(rest / half)
    }
    this.#put(rest, left)
  }

  /** `count` zeros and a one. */
  unary(count: number): void {
    for (let i = 0; i < count; i++) this.#put(0, 1)
    this.#put(1, 1)
  }

  /** Fills the last byte with zeros. */
  flush(): void {
    if (this.#used > 0) this.#bytes.byte(this.#pending & 255)
    this.#pending = 0
    this.#used = 0
  }

  #put(value: number, width: number): void {
    this.#pending |= value << this.#used
    this.#used += width
    while (this.#used >= 8) {
      this.#bytes.byte(this.#pending & 255)
      this.#pending >>>= 8
      this.#used -= 8
    }
  }
}

export class BitReader {
  readonly #bytes: Uint8Array
  #at = 0
  #pending = 0
  #held = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  /** Whole bytes taken so far. */
  get bytesRead(): number {
    return this.#at
  }

  read(width: number): number {
    if (width <= 24) return this.#take(width)
    const low = this.#take(24)
    return low + this.read(width - 24) * half
  }

  unary(): number {
    let count = 0
    while (this.#take(1) === 0) {
      count++
      if (this.#at > this.#bytes.length + 8) throw new RangeError('the data ends too early')
    }
    return count
  }

  #take(width: number): number {
    while (this.#held < width) {
      this.#pending |= (this.#bytes[this.#at++] ?? 0) << this.#held
      this.#held += 8
    }
    const value = this.#pending & ((1 << width) - 1)
    this.#pending >>>= width
    this.#held -= width
    return value
  }
}
