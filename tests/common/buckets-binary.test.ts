import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ColumnResult, decodeBuckets, encodeBuckets } from '../../common/buckets-binary.ts'
import type { Columns } from '../../common/packed-columns.ts'

const finite = fc.double({ noNaN: true, noDefaultInfinity: true })
const extremes = [0, -0, 5e-324, -5e-324, Number.MAX_VALUE, -Number.MAX_VALUE, 2 ** 53, -(2 ** 53), 0.1 + 0.2]
const decimal = fc
  .tuple(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 6 }))
  .map(([whole, decimals]) => whole / 10 ** decimals + 0)
const big = fc.integer({ min: -(2 ** 50), max: 2 ** 50 })

/** A bucket as a list of the values of its points; none is a gap. */
const bucketsOf = (value: fc.Arbitrary<number>) =>
  fc.array(
    fc.oneof(
      { weight: 3, arbitrary: fc.array(value, { minLength: 1, maxLength: 5 }) },
      { weight: 2, arbitrary: value.map((one) => [one]) },
      { weight: 1, arbitrary: fc.constant<number[]>([]) },
    ),
    { maxLength: 30 },
  )

function columnsOf(buckets: readonly (readonly number[])[]): Columns {
  const column = (of: (points: readonly number[]) => number) =>
    Float64Array.from(buckets, (points) => (points.length === 0 ? Number.NaN : of(points)))
  return {
    count: Float64Array.from(buckets, (points) => points.length),
    min: column((points) => Math.min(...points)),
    max: column((points) => Math.max(...points)),
    mean: column((points) => {
      const mean = points.reduce((sum, value) => sum + value / points.length, 0)
      return points.length === 1
        ? (points[0] ?? 0)
        : Math.min(Math.max(mean, Math.min(...points)), Math.max(...points))
    }),
  }
}

const resultOf = (series: readonly Columns[]): ColumnResult => ({
  ...{ project: 'nas', from: 1, to: 2 },
  categories: series.map((columns, index) => ({
    ...{ name: `c${index}`, from: 1000 * index, stepMs: 1000, length: columns.count.length },
    series: [{ id: index, label: 'ä"\u2028𝄞', ...columns }],
  })),
})

const roundTrip = (result: ColumnResult): ColumnResult => decodeBuckets(encodeBuckets(result))

const packed = (result: ColumnResult): Columns[] =>
  roundTrip(result).categories.flatMap(({ series }) => series)

/** Bits of all but the mean, which is a sum divided: right to twelve digits of its bucket's greatest size. */
function expectSame(actual: Columns, expected: Columns): void {
  for (const name of ['count', 'min', 'max'] as const) expect(actual[name]).toEqual(expected[name])
  for (const [i, mean] of expected.mean.entries()) {
    const size = Math.max(Math.abs(expected.min[i] ?? 0), Math.abs(expected.max[i] ?? 0))
    if (expected.count[i] === 1 || Number.isNaN(mean)) expect(actual.mean[i]).toBe(mean)
    else expect(Math.abs((actual.mean[i] ?? Number.NaN) - mean)).toBeLessThanOrEqual(1e-12 * size)
  }
}

describe('encodeBuckets()', () => {
  test.each([
    ['any floats', finite],
    ['extremes', fc.constantFrom(...extremes)],
    ['decimals', decimal],
    ['big whole numbers', big],
    ['all of them', fc.oneof(finite, decimal, big, fc.constantFrom(...extremes))],
  ])('encodeBuckets() is undone by decodeBuckets(): %s', (_, value) => {
    fc.assert(
      fc.property(fc.array(bucketsOf(value), { maxLength: 4 }), (series) => {
        const expected = series.map(columnsOf)
        const actual = packed(resultOf(expected))
        expect(actual).toHaveLength(expected.length)
        for (const [index, columns] of expected.entries()) expectSame(actual[index] as Columns, columns)
      }),
    )
  })

  test('encodeBuckets() keeps a great whole number beside a small decimal', () => {
    const columns = columnsOf([[44149917326], [-886078948, -25.29881]])
    expectSame(packed(resultOf([columns]))[0] as Columns, columns)
    const single = columnsOf([[2 ** 50], [0.000001]])
    expect(packed(resultOf([single]))[0]?.min).toEqual(single.min)
  })

  test('encodeBuckets() keeps names, ids and times', () => {
    const result = resultOf([columnsOf([[1], [], [2, 3]]), columnsOf([])])
    expect(roundTrip(result)).toEqual(result)
  })

  test('encodeBuckets() keeps every bit of single points', () => {
    fc.assert(
      fc.property(fc.array(finite, { maxLength: 20 }), (values) => {
        const columns = columnsOf(values.map((value) => [value]))
        const [actual] = packed(resultOf([columns]))
        expect(actual?.mean).toEqual(columns.mean)
        expect(actual?.min).toEqual(columns.min)
      }),
    )
  })

  test('encodeBuckets() takes a few bytes a bucket for measured values', () => {
    const buckets = Array.from({ length: 400 }, (_, i) =>
      Array.from(
        { length: 10 },
        (_, j) => Math.round(500 + 400 * Math.sin(i / 20) + ((i * 7 + j * 13) % 50)) / 10,
      ),
    )
    expect(encodeBuckets(resultOf([columnsOf(buckets)])).length).toBeLessThan(400 * 6)
    const single = buckets.map(([first = 0]) => [first])
    expect(encodeBuckets(resultOf([columnsOf(single)])).length).toBeLessThan(400 * 2.3)
  })
})

describe('decodeBuckets()', () => {
  const bytes = encodeBuckets(resultOf([columnsOf([[1, 2], [3]])]))

  test('decodeBuckets() throws on an answer that is cut off, too long or of another version', () => {
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeBuckets(bytes.subarray(0, length))).toThrow()
    }
    expect(() => decodeBuckets(Uint8Array.of(...bytes, 0))).toThrow(RangeError)
    expect(() => decodeBuckets(Uint8Array.of(2, ...bytes.subarray(1)))).toThrow(RangeError)
  })
})
