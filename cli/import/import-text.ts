// Reads points from text, a chunk at a time, in the format that it is in.

import type { Format, PointReader, Precision } from '../../common/formats/format.ts'
import { detectFormat, formats } from '../../common/formats/formats.ts'
import { Problem } from '../../common/problem.ts'
import type { Inbox } from './inbox.ts'
import { LineSplitter } from './line-splitter.ts'

/** So much is looked at to tell the format. */
const peekBytes = 64 * 1024

export interface TextSource {
  chunks: AsyncIterable<Buffer>
  /** How the source is called in messages. */
  name: string
  /** Undefined: told by the content. */
  format: Format | undefined
  precision: Precision | undefined
  /** Called with the bytes that were read so far. */
  onRead: (bytes: number) => void
}

/** Feeds all points of the source to the inbox. Throws a Problem `invalid` when its format cannot be told. */
export async function importText(source: TextSource, inbox: Inbox): Promise<void> {
  let reader: PointReader | undefined
  const splitter = new LineSplitter({
    line: (text, number) => reader?.line(text, number),
    refuse: (number, reason) => inbox.refuse(number, reason),
  })
  const begin = (start: Buffer): void => {
    if (start.length === 0) return
    reader = (source.format ?? formatOf(start, source.name)).reader(inbox, { precision: source.precision })
    splitter.push(start)
  }
  let start: Buffer = Buffer.alloc(0)
  let bytes = 0
  for await (const chunk of source.chunks) {
    bytes += chunk.length
    if (reader) splitter.push(chunk)
    else {
      start = Buffer.concat([start, chunk])
      if (start.length >= peekBytes) begin(start)
    }
    source.onRead(bytes)
  }
  if (!reader) begin(start)
  splitter.end()
  reader?.end()
}

function formatOf(start: Buffer, name: string): Format {
  const format = detectFormat(start.subarray(0, peekBytes).toString('utf8'))
  if (format) return format
  const known = Object.keys(formats).join(', ')
  throw new Problem(
    'invalid',
    `${name} is in no format that is known; is it one of ${known}? Then name it by --format.`,
  )
}
