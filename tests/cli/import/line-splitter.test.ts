import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LineSplitter } from '../../../cli/import/line-splitter.ts'

/** What a splitter says of bytes that come in these chunks. */
function split(chunks: readonly Buffer[]) {
  const lines: (readonly [number: number, text: string])[] = []
  const refused: (readonly [number: number, reason: string])[] = []
  const splitter = new LineSplitter({
    line: (text, number) => lines.push([number, text]),
    refuse: (number, reason) => refused.push([number, reason]),
  })
  for (const chunk of chunks) splitter.push(chunk)
  splitter.end()
  return { lines, refused }
}

const numbered = (lines: readonly string[]) => lines.map((text, index) => [index + 1, text] as const)

test('LineSplitter gives the same lines however the bytes come', () => {
  const text = fc.array(fc.string({ unit: 'grapheme' }).map((one) => one.replace(/[\n\uFEFF]/g, '')))
  fc.assert(
    fc.property(text, fc.array(fc.nat(400)), (lines, cuts) => {
      const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''))
      const edges = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length]
      const chunks = edges.slice(1).map((edge, i) => bytes.subarray(edges[i], edge))
      expect(split(chunks)).toEqual({ lines: numbered(lines), refused: [] })
    }),
  )
})

test('LineSplitter takes a last line without an end and a mark of UTF-8 at the beginning', () => {
  expect(split([Buffer.from('\uFEFFa\nb')]).lines).toEqual([
    [1, 'a'],
    [2, 'b'],
  ])
  expect(split([]).lines).toEqual([])
})

test('LineSplitter refuses what is no UTF-8 and what is too long by number, and goes on', () => {
  const long = Buffer.alloc(700_000, 'x')
  const bytes = [
    Buffer.from('a\n'),
    Buffer.from([0xff, 0x0a]),
    Buffer.from('b\n'),
    long,
    long,
    Buffer.from('y\nc\n'),
    long,
    long,
  ]
  expect(split(bytes)).toEqual({
    lines: [
      [1, 'a'],
      [3, 'b'],
      [5, 'c'],
    ],
    refused: [
      [2, 'is not text in UTF-8'],
      [4, 'is longer than 1048576 bytes'],
      [6, 'is longer than 1048576 bytes'],
    ],
  })
  expect(split([Buffer.concat([Buffer.alloc(1_100_000, 'x'), Buffer.from('\nd')])]).lines.at(-1)).toEqual([
    2,
    'd',
  ])
})
