import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Block, decodeBlock, encodeBlock } from '../../../store/codec/block.ts'
import { anyTimes, anyValue, bitsOf } from './arbitraries.ts'

const column = (length: number) =>
  fc
    .array(fc.oneof({ weight: 3, arbitrary: anyValue }, fc.constant(Number.NaN)), {
      minLength: length,
      maxLength: length,
    })
    .map((values) => Float64Array.from(values))

/** Points of series that come and go. */
const rawBlock = fc.integer({ min: 0, max: 120 }).chain((length) =>
  fc.record({
    times: anyTimes(length),
    series: fc.array(fc.tuple(fc.integer({ min: 1, max: 1_000_000 }), column(length)), { maxLength: 4 }),
  }),
)

const bucket = fc
  .tuple(fc.integer({ min: 1, max: 90_000 }), anyValue, anyValue)
  .map(([count, a, b]) => [count, Math.min(a, b), Math.max(a, b), ((a + b) / 2) * count])

const expectSame = (found: Block, block: Block) => {
  expect([...found.times]).toEqual([...block.times])
  expect([...found.ids]).toEqual([...block.ids])
  expect(found.columns.map(bitsOf)).toEqual(block.columns.map(bitsOf))
}

test('decodeBlock() gives back points of series that come and go, bit by bit', () => {
  fc.assert(
    fc.property(rawBlock, ({ times, series }) => {
      const block: Block = {
        times,
        ids: series.map(([id]) => id),
        columns: series.map(([, values]) => values),
        width: 1,
      }
      expectSame(decodeBlock(encodeBlock(block)), block)
    }),
    { numRuns: 300 },
  )
})

test('decodeBlock() gives back buckets, decimals or not', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof({ weight: 5, arbitrary: bucket }, fc.constant(undefined)), { maxLength: 100 }),
      (buckets) => {
        const block: Block = {
          times: Float64Array.from(buckets, (_, i) => i * 60_000),
          ids: [7],
          columns: [0, 1, 2, 3].map((part) =>
            Float64Array.from(buckets, (found) => found?.[part] ?? Number.NaN),
          ),
          width: 4,
        }
        expectSame(decodeBlock(encodeBlock(block)), block)
      },
    ),
    { numRuns: 300 },
  )
})

test('decodeBlock() refuses what is cut short or not a block', () => {
  const times = Float64Array.from({ length: 50 }, (_, i) => i * 1000)
  const bytes = encodeBlock({ times, ids: [1], columns: [times.map((time) => Math.sin(time))], width: 1 })
  expect(() => decodeBlock(bytes.subarray(0, 20))).toThrow(RangeError)
  expect(() => decodeBlock(new Uint8Array([9, 9, 9]))).toThrow(RangeError)
})
