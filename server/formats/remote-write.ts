// Prometheus' remote-write message, version 1: protobuf in a Snappy block. Read a few series at a time; whatever does not
// fit its own lengths is refused whole.
// https://prometheus.io/docs/specs/prw/remote_write_spec/

import { PbfReader } from 'pbf'
import { uncompress } from 'snappyjs'
import type { Tag } from './naming.ts'
import { FormatError } from './text-answers.ts'

/** Unpacked: many times what Prometheus sends at once. */
export const mostMessageBytes = 8 * 1024 * 1024

export interface WrittenSeries {
  tags: Tag[]
  /** Milliseconds and values, in turn. */
  samples: number[]
}

/** The message cannot be read. */
export class MessageError extends FormatError {
  override readonly name = 'MessageError'
}

/** Throws a MessageError for what is no Snappy block or unpacks to too much. */
export function unpackMessage(packed: Uint8Array): Uint8Array {
  try {
    return uncompress(new Uint8Array(packed), mostMessageBytes)
  } catch (error) {
    throw new MessageError(error instanceof Error ? error.message : 'not a Snappy block')
  }
}

/** The series of a WriteRequest, in order. Throws a MessageError. */
export function* readWriteRequest(bytes: Uint8Array): Generator<WrittenSeries> {
  const pbf = new PbfReader(bytes)
  while (pbf.pos < bytes.length) {
    const series = nextSeries(pbf, bytes.length)
    if (series) yield series
  }
}

/** The series that is next, null for anything else. Whatever the reader stumbles over is a broken message. */
function nextSeries(pbf: PbfReader, end: number): WrittenSeries | null {
  try {
    if (field(pbf, end) === 1) return readSeries(pbf, nestedEnd(pbf, end))
    skip(pbf, end)
    return null
  } catch (error) {
    throw error instanceof MessageError ? error : cutShort()
  }
}

function readSeries(pbf: PbfReader, end: number): WrittenSeries {
  const series: WrittenSeries = { tags: [], samples: [] }
  while (pbf.pos < end) {
    const tag = field(pbf, end)
    if (tag === 1) series.tags.push(readTag(pbf, nestedEnd(pbf, end)))
    else if (tag === 2) readSample(pbf, nestedEnd(pbf, end), series.samples)
    else skip(pbf, end)
  }
  return series
}

function readTag(pbf: PbfReader, end: number): Tag {
  let name = ''
  let value = ''
  while (pbf.pos < end) {
    const tag = field(pbf, end)
    if (tag === 1) name = readText(pbf, end)
    else if (tag === 2) value = readText(pbf, end)
    else skip(pbf, end)
  }
  return [name, value]
}

function readSample(pbf: PbfReader, end: number, samples: number[]): void {
  let value = 0
  let time = 0
  while (pbf.pos < end) {
    const tag = field(pbf, end)
    if (tag === 1 && end - pbf.pos >= 8) value = pbf.readDouble()
    else if (tag === 2) time = pbf.readVarint(true)
    else skip(pbf, end)
  }
  if (pbf.pos !== end) throw cutShort()
  samples.push(time, value)
}

/** The number of the next field; leaves its wire type in `pbf.type`. */
function field(pbf: PbfReader, end: number): number {
  const key = pbf.readVarint()
  if (!(key > 7) || pbf.pos > end) throw cutShort()
  pbf.type = key & 7
  return key >>> 3
}

/** Where the message that is next ends. */
function nestedEnd(pbf: PbfReader, outer: number): number {
  if (pbf.type !== 2) throw new MessageError('unexpected wire type')
  const end = pbf.readVarint() + pbf.pos
  if (!(end >= pbf.pos && end <= outer)) throw cutShort()
  return end
}

function readText(pbf: PbfReader, outer: number): string {
  const end = nestedEnd(pbf, outer)
  const text = decoder.decode(pbf.buf.subarray(pbf.pos, end))
  pbf.pos = end
  return text
}

const decoder = new TextDecoder()

function skip(pbf: PbfReader, end: number): void {
  if (pbf.type === 2) pbf.pos = nestedEnd(pbf, end)
  else if (pbf.type === 0) pbf.readVarint()
  else if (pbf.type === 1) pbf.pos += 8
  else if (pbf.type === 5) pbf.pos += 4
  else throw new MessageError('unexpected wire type')
  if (pbf.pos > end) throw cutShort()
}

const cutShort = (): MessageError => new MessageError('the message is cut short')
