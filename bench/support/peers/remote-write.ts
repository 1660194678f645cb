// Prometheus takes points from outside by its remote-write protocol: a protobuf message in a Snappy block.
// https://prometheus.io/docs/concepts/remote_write_spec/

import type { Block } from '../block.ts'
import { measurementName } from '../line-protocol.ts'

const lengthDelimited = 2
const fixed64 = 1
const longestLiteral = 65_536

/** The body of a remote-write request: the block's points series by series. */
export function remoteWrite(block: Block): Uint8Array {
  const width = block.series.length
  const series = block.series.map(({ category, label }, column) => {
    const names = [labelPair('__name__', measurementName(category)), labelPair('label', label)]
    const samples = block.times.map((time, row) => sample(time, block.values[row * width + column] ?? 0))
    return field(1, Buffer.concat([...names, ...samples]))
  })
  return snappyLiterals(Buffer.concat(series))
}

/** A Snappy block of literals only: valid, not smaller. https://github.com/google/snappy/blob/main/format_description.txt */
export function snappyLiterals(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [varint(bytes.length)]
  for (let at = 0; at < bytes.length; at += longestLiteral) {
    const literal = bytes.subarray(at, at + longestLiteral)
    const length = literal.length - 1
    parts.push(Uint8Array.of(61 << 2, length & 0xff, length >> 8), literal)
  }
  return Buffer.concat(parts)
}

const labelPair = (name: string, value: string): Buffer =>
  field(1, Buffer.concat([field(1, Buffer.from(name)), field(2, Buffer.from(value))]))

function sample(time: number, value: number): Buffer {
  const bits = Buffer.alloc(9)
  bits[0] = (1 << 3) | fixed64
  bits.writeDoubleLE(value, 1)
  return field(2, Buffer.concat([bits, Uint8Array.of(2 << 3), varint(time)]))
}

const field = (number: number, content: Uint8Array): Buffer =>
  Buffer.concat([Uint8Array.of((number << 3) | lengthDelimited), varint(content.length), content])

/** Base-128, least significant group first; non-negative safe integers. */
function varint(value: number): Uint8Array {
  const bytes: number[] = []
  let rest = value
  while (rest >= 128) {
    bytes.push((rest % 128) + 128)
    rest = Math.floor(rest / 128)
  }
  bytes.push(rest)
  return Uint8Array.from(bytes)
}
