import { describe, expect, test } from 'vitest'
import { type Block, blockPoints, blocksOf, pointCount } from '../../../bench/support/block.ts'
import { lineProtocol } from '../../../bench/support/line-protocol.ts'
import { realisticRounds, seriesOf } from '../../../bench/support/rounds.ts'

const series = [
  { category: 'disk I/O', label: 'sda, read' },
  { category: 'load', label: '1 min' },
]
const block: Block = { series, times: [1000, 2000], values: Float64Array.of(1, 0.25, 2, 0.5) }

describe('blocksOf()', () => {
  test('blocksOf() keeps every round, the last block being shorter', () => {
    const given = realisticRounds({ from: 0, everyMs: 1000, rounds: 25 })
    const blocks = [...blocksOf(seriesOf(), given, 10)]
    expect(blocks.map(({ times }) => times.length)).toEqual([10, 10, 5])
    expect(blocks.flatMap(({ times }) => times)).toEqual(Array.from({ length: 25 }, (_, i) => i * 1000))
    expect(blocks.map(pointCount).reduce((a, b) => a + b)).toBe(25 * 60)
  })

  test('blocksOf() does not share values between rounds', () => {
    const rounds = [1, 2].map((value) => ({ time: value, values: Float64Array.of(value) }))
    const [first] = [...blocksOf([{ category: 'a', label: 'b' }], rounds, 2)]
    expect([...(first?.values ?? [])]).toEqual([1, 2])
  })
})

describe('blockPoints()', () => {
  test('blockPoints() gives each value its series and time', () => {
    expect(blockPoints('p', block)).toEqual([
      { project: 'p', category: 'disk I/O', label: 'sda, read', time: 1000, value: 1 },
      { project: 'p', category: 'load', label: '1 min', time: 1000, value: 0.25 },
      { project: 'p', category: 'disk I/O', label: 'sda, read', time: 2000, value: 2 },
      { project: 'p', category: 'load', label: '1 min', time: 2000, value: 0.5 },
    ])
  })
})

describe('lineProtocol()', () => {
  test('lineProtocol() escapes spaces and commas in names', () => {
    expect(lineProtocol(block).split('\n')).toEqual([
      'disk\\ I/O,label=sda\\,\\ read value=1 1000',
      'load,label=1\\ min value=0.25 1000',
      'disk\\ I/O,label=sda\\,\\ read value=2 2000',
      'load,label=1\\ min value=0.5 2000',
    ])
  })
})
