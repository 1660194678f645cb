import { describe, expect, test } from 'vitest'
import { addPoint, cut, endOf, evenOut, fromAnswer, type Holding, join } from '../../../web/data/holding.ts'

/** Buckets of one series (id 1) with a point each of the given means; null is a gap. */
function run(from: number, stepMs: number, means: (number | null)[], counts?: number[]): Holding {
  const column = (): Float64Array => Float64Array.from(means, (mean) => mean ?? Number.NaN)
  const count = Float64Array.from(counts ?? means.map((mean) => (mean === null ? 0 : 1)))
  const columns = { count, min: column(), mean: column(), max: column() }
  const series = [{ id: 1, label: '1 min', ...columns }]
  return fromAnswer({ name: 'load', from, stepMs, length: means.length, series }, 1000)
}

const means = ({ columns, length }: Holding, id = 1): number[] => [
  ...(columns.get(id)?.mean.subarray(0, length) ?? []),
]

test('fromAnswer() takes an answer as it is', () => {
  const holding = run(10_000, 1000, [1, null, 3])
  expect(means(holding)).toEqual([1, Number.NaN, 3])
  expect([...(holding.columns.get(1)?.count ?? [])]).toEqual([1, 0, 1])
  expect(endOf(holding)).toBe(13_000)
})

describe('join()', () => {
  test('puts runs that touch one after the other', () => {
    const joined = join(run(0, 1000, [1, 2]), run(2000, 1000, [3]))
    expect(joined && means(joined)).toEqual([1, 2, 3])
    expect(joined?.from).toBe(0)
  })

  test('puts an older window before the present one', () => {
    const joined = join(run(2000, 1000, [3]), run(0, 1000, [1, 2]))
    expect(joined && means(joined)).toEqual([1, 2, 3])
  })

  test('takes the newer values where both have some, gaps too', () => {
    const joined = join(run(0, 1000, [1, 2, 3, 4, 5]), run(0, 1000, [9, null, 9, 9, 9]))
    expect(joined && means(joined)).toEqual([9, Number.NaN, 9, 9, 9])
  })

  test('keeps the fuller bucket at the edges of the newer run, which may hold a part of their time', () => {
    const older = run(0, 10_000, [1, 2], [10, 10])
    const joined = join(older, run(10_000, 10_000, [7, 8], [4, 3]))
    expect(joined && means(joined)).toEqual([1, 2, 8])
  })

  test('takes a newer edge that has grown', () => {
    const joined = join(run(0, 10_000, [1, 2], [10, 4]), run(10_000, 10_000, [7, 8], [10, 3]))
    expect(joined && means(joined)).toEqual([1, 7, 8])
  })

  test('refuses other bucket lengths and runs with a hole between them', () => {
    expect(join(run(0, 1000, [1]), run(0, 2000, [1]))).toBeNull()
    expect(join(run(0, 1000, [1]), run(5000, 1000, [1]))).toBeNull()
  })

  test('keeps a series that only one of them has', () => {
    const older = run(0, 1000, [1, 2])
    const newer = run(2000, 1000, [3])
    const [columns] = newer.columns.values()
    if (columns) newer.columns.set(2, columns)
    newer.columns.delete(1)
    const joined = join(older, newer)
    expect(joined && means(joined, 1)).toEqual([1, 2, Number.NaN])
    expect(joined && means(joined, 2)).toEqual([Number.NaN, Number.NaN, 3])
  })
})

describe('addPoint()', () => {
  test('grows to the right and leaves gaps as gaps', () => {
    const holding = run(0, 1000, [1])
    addPoint(holding, 1, 3000, 4)
    evenOut(holding)
    expect(means(holding)).toEqual([1, Number.NaN, Number.NaN, 4])
  })

  test('refuses a point before the first bucket', () => {
    expect(addPoint(run(10_000, 1000, [1]), 1, 9999, 4)).toBe(false)
  })

  test('sums up several points of a bucket', () => {
    const holding = run(0, 10_000, [])
    for (const [time, value] of [
      [0, 2],
      [1000, 8],
      [2000, 5],
    ] as const) {
      addPoint(holding, 1, time, value)
    }
    const columns = holding.columns.get(1)
    expect([columns?.count[0], columns?.min[0], columns?.mean[0], columns?.max[0]]).toEqual([3, 2, 5, 8])
  })

  test('does not count a point twice that an answer had already', () => {
    const holding = run(0, 10_000, [5], [3])
    addPoint(holding, 1, 2000, 100)
    expect(holding.columns.get(1)?.count[0]).toBe(3)
    expect(means(holding)).toEqual([5])
  })

  test('takes the newer value where a bucket holds one point', () => {
    const holding = run(0, 1000, [5])
    addPoint(holding, 1, 0, 7)
    expect(means(holding)).toEqual([7])
    expect(holding.columns.get(1)?.count[0]).toBe(1)
  })

  test('makes columns for a series that had none', () => {
    const holding = run(0, 1000, [1, 2])
    addPoint(holding, 2, 1000, 9)
    expect(means(holding, 2)).toEqual([Number.NaN, 9])
  })
})

test('cut() keeps the buckets of a span and copies them', () => {
  const holding = run(0, 1000, [1, 2, 3, 4])
  const kept = cut(holding, 1500, 3000)
  expect([kept.from, kept.length, means(kept)]).toEqual([1000, 2, [2, 3]])
  addPoint(holding, 1, 1000, 99)
  expect(means(kept)).toEqual([2, 3])
})
