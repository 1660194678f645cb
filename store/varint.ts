// Unsigned integers below 2^53 in base 128, low group first (the LEB128 of DWARF and Protocol Buffers): small
// numbers take one byte. Both blobs of the store name their series with it.

/** A place in a blob that is written or read from front to back. */
export interface Cursor {
  bytes: Buffer
  at: number
}

/** Most bytes that one number takes. */
export const varintBytes = 8

export function writeVarint(cursor: Cursor, value: number): void {
  let rest = value
  while (rest >= 128) {
    cursor.bytes[cursor.at++] = (rest % 128) + 128
    rest = Math.floor(rest / 128)
  }
  cursor.bytes[cursor.at++] = rest
}

/** Throws a RangeError when the blob ends too early. */
export function readVarint(cursor: Cursor): number {
  let value = 0
  for (let scale = 1; ; scale *= 128) {
    const byte = cursor.bytes[cursor.at++]
    if (byte === undefined) throw new RangeError('blob ends inside a number')
    value += (byte & 127) * scale
    if (byte < 128) return value
  }
}
