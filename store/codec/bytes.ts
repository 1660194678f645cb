// Bytes written and read one after another: whole numbers take as many bytes as they need (LEB128 varints),
// floats eight. Every part of a chunk and of a log entry is built from these.

const float = new Float64Array(1)
const floatBytes = new Uint8Array(float.buffer)

export class ByteWriter {
  #bytes: Uint8Array
  #length = 0

  constructor(capacity = 256) {
    this.#bytes = new Uint8Array(capacity)
  }

  get length(): number {
    return this.#length
  }

  byte(value: number): void {
    if (this.#length === this.#bytes.length) this.#grow(1)
    this.#bytes[this.#length++] = value
  }

  /** A whole number from 0 to 2^53. */
  varint(value: number): void {
    if (this.#bytes.length - this.#length < 8) this.#grow(8)
    const bytes = this.#bytes
    let at = this.#length
    let rest = value
    while (rest >= 0x1000_0000) {
      bytes[at++] = (rest % 128) | 128
      rest = Math.floor(rest / 128)
    }
    while (rest > 127) {
      bytes[at++] = (rest & 127) | 128
      rest >>>= 7
    }
    bytes[at++] = rest
    this.#length = at
  }

  /** A whole number from -2^52 to 2^52. */
  signed(value: number): void {
    this.varint(zigzag(value))
  }

  /** Eight bytes, little endian, every bit kept. */
  float64(value: number): void {
    float[0] = value
    this.bytes(floatBytes)
  }

  bytes(bytes: Uint8Array): void {
    if (this.#bytes.length - this.#length < bytes.length) this.#grow(bytes.length)
    this.#bytes.set(bytes, this.#length)
    this.#length += bytes.length
  }

  /** Forgets what was written beyond `length` and keeps the room. */
  cutTo(length: number): void {
    this.#length = length
  }

  /** A view of what was written; valid until the next write. */
  view(): Uint8Array {
    return this.#bytes.subarray(0, this.#length)
  }

  /** A copy of what was written. */
  copy(): Uint8Array {
    return this.#bytes.slice(0, this.#length)
  }

  #grow(room: number): void {
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + room))
    grown.set(this.view())
    this.#bytes = grown
  }
}

export class ByteReader {
  readonly #bytes: Uint8Array
  /** Where the next byte is read. */
  at: number

  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = bytes
    this.at = at
  }

  get done(): boolean {
    return this.at >= this.#bytes.length
  }

  byte(): number {
    const value = this.#bytes[this.at++]
    if (value === undefined) throw new RangeError('the data ends too early')
    return value
  }

  varint(): number {
    let byte = this.byte()
    if (byte < 128) return byte
    let value = byte & 127
    let scale = 128
    do {
      byte = this.byte()
      value += (byte & 127) * scale
      scale *= 128
    } while (byte > 127)
    return value
  }

  signed(): number {
    return unzigzag(this.varint())
  }

  float64(): number {
    floatBytes.set(this.bytes(8))
    return float[0] ?? 0
  }

  /** A view of the next `length` bytes. */
  bytes(length: number): Uint8Array {
    const end = this.at + length
    if (end > this.#bytes.length) throw new RangeError('the data ends too early')
    const part = this.#bytes.subarray(this.at, end)
    this.at = end
    return part
  }

  /** All bytes from here to the end, without moving on. */
  rest(): Uint8Array {
    return this.#bytes.subarray(this.at)
  }
}

/** Signed to unsigned, small stays small: 0, -1, 1, -2 become 0, 1, 2, 3. */
export const zigzag = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value)

/** The way back; never gives -0. */
export const unzigzag = (code: number): number => (code % 2 === 0 ? code / 2 : -(code + 1) / 2)
