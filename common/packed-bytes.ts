// Numbers as a run of bytes and back: whole numbers in as many bytes as they need (LEB128, as in WebAssembly and
// Protocol Buffers, with zigzag for signed ones), floats in eight.

/** Longest whole number, up to 2^53, in bytes of seven bits. */
const longest = 8

export class PackedWriter {
  #bytes: Uint8Array<ArrayBuffer>
  #view: DataView
  #length = 0

  constructor(capacity: number) {
    this.#bytes = new Uint8Array(Math.max(64, capacity))
    this.#view = new DataView(this.#bytes.buffer)
  }

  /** What was written; further writing leaves it alone. */
  done(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length)
  }

  /** A whole number from 0 to 2^53 - 1. */
  whole(value: number): void {
    if (this.#length + longest > this.#bytes.length) this.#grow()
    let rest = value
    // Bit operations know 32 bits only.
    while (rest >= 0x1000_0000) {
      this.#bytes[this.#length++] = (rest % 128) | 128
      rest = Math.floor(rest / 128)
    }
    while (rest >= 128) {
      this.#bytes[this.#length++] = (rest & 127) | 128
      rest >>>= 7
    }
    this.#bytes[this.#length++] = rest
  }

  /** A whole number between -2^52 and 2^52. */
  signed(value: number): void {
    this.whole(value < 0 ? -2 * value - 1 : 2 * value)
  }

  /** A float64, little-endian. */
  float(value: number): void {
    if (this.#length + 8 > this.#bytes.length) this.#grow()
    this.#view.setFloat64(this.#length, value, true)
    this.#length += 8
  }

  /** Text, its length before it; what is beyond ASCII is escaped as in JSON. */
  json(value: unknown): void {
    const text = JSON.stringify(value).replace(/[^ -~]/g, escaped)
    this.whole(text.length)
    for (let i = 0; i < text.length; i++) {
      if (this.#length + longest > this.#bytes.length) this.#grow()
      this.#bytes[this.#length++] = text.charCodeAt(i)
    }
  }

  #grow(): void {
    const grown = new Uint8Array(this.#bytes.length * 2)
    grown.set(this.#bytes)
    this.#bytes = grown
    this.#view = new DataView(grown.buffer)
  }
}

const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`

/** Reads what a PackedWriter wrote, in the same order. Throws a RangeError behind the end. */
export class PackedReader {
  readonly #view: DataView
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  get isAtEnd(): boolean {
    return this.#at === this.#view.byteLength
  }

  whole(): number {
    const first = this.#view.getUint8(this.#at++)
    if (first < 128) return first
    let value = first & 127
    for (let scale = 128; ; scale *= 128) {
      const byte = this.#view.getUint8(this.#at++)
      value += (byte & 127) * scale
      if (byte < 128) return value
    }
  }

  signed(): number {
    const value = this.whole()
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2
  }

  float(): number {
    this.#at += 8
    return this.#view.getFloat64(this.#at - 8, true)
  }

  json(): unknown {
    const end = this.whole() + this.#at
    let text = ''
    while (this.#at < end) text += String.fromCharCode(this.#view.getUint8(this.#at++))
    return JSON.parse(text)
  }
}
