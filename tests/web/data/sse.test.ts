import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createEventParser, readEvents, type ServerEvent } from '../../../web/data/sse.ts'

function parseAll(pieces: readonly string[]): { events: ServerEvent[]; ids: string[] } {
  const events: ServerEvent[] = []
  const ids: string[] = []
  const parse = createEventParser({ onEvent: (event) => events.push(event), onId: (id) => ids.push(id) })
  for (const piece of pieces) parse(piece)
  return { events, ids }
}

const text = [
  'retry: 1000\nevent: hello\nid: a-1\ndata: {"version":"x"}\n\n',
  ':\nid: a-2\n\n',
  'event: points\ndata: [1,\ndata: 2]\r\nid: a-3\r\n\r\n',
  'data\n\n',
  'data: line\u2028separator\n\n',
  'data: never ended',
].join('')

const expected = {
  events: [
    { name: 'hello', data: '{"version":"x"}' },
    { name: 'points', data: '[1,\n2]' },
    { name: 'message', data: '' },
    { name: 'message', data: 'line\u2028separator' },
  ],
  ids: ['a-1', 'a-2', 'a-3'],
}

test('createEventParser() reads events, comments, ids without data and all line ends', () => {
  expect(parseAll([text])).toEqual(expected)
})

test('createEventParser() reads the same however the text is cut', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: text.length })), (cuts) => {
      const places = [0, ...cuts.sort((a, b) => a - b), text.length]
      const pieces = places.slice(1).map((end, index) => text.slice(places[index], end))
      expect(parseAll(pieces)).toEqual(expected)
    }),
  )
})

test('readEvents() hears every piece and keeps letters whole that are cut in two', async () => {
  const bytes = new TextEncoder().encode('data: 21 °C\n\n')
  const middle = bytes.indexOf(0xc2) + 1
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(bytes.subarray(0, middle))
      controller.enqueue(bytes.subarray(middle))
      controller.close()
    },
  })
  const events: ServerEvent[] = []
  let pieces = 0
  await readEvents(body, { onEvent: (event) => events.push(event), onId: () => {}, onPiece: () => pieces++ })
  expect(events).toEqual([{ name: 'message', data: '21 °C' }])
  expect(pieces).toBe(2)
})
