import { describe, expect, test } from 'vitest'
import type { GraphData } from '../../../web/graph/model.ts'
import { nearestPoint, nextPoint, pointTime } from '../../../web/graph/points.ts'

/** Buckets of 10 s from 1000 s on; per series which of them have points. */
function data(counts: readonly (readonly number[])[], everyMs = 10_000): GraphData {
  const columns = counts.map((own, id) => {
    const count = Float64Array.from(own)
    return [id, { count, min: count, mean: count, max: count }] as const
  })
  const length = counts[0]?.length ?? 0
  return { from: 1_000_000, stepMs: 10_000, length, everyMs, columns: new Map(columns) }
}

test('pointTime() is where a single point stands, and the middle where a bucket holds many', () => {
  expect(pointTime(data([[1]]), 3)).toBe(1_030_000)
  expect(pointTime(data([[1]], 1000), 3)).toBe(1_034_500)
})

describe('nearestPoint()', () => {
  const some = data([
    [1, 0, 0, 1, 1],
    [0, 1, 0, 0, 0],
  ])

  test('finds the nearest bucket that has points of the series asked for', () => {
    expect(nearestPoint(some, [0], 1_026_000, 60_000)).toBe(1_030_000)
    expect(nearestPoint(some, [0], 1_014_000, 60_000)).toBe(1_000_000)
    expect(nearestPoint(some, [0, 1], 1_014_000, 60_000)).toBe(1_010_000)
  })

  test('finds none farther away than asked for, outside, or of series that are not there', () => {
    expect(nearestPoint(some, [0], 1_019_000, 5000)).toBeNull()
    expect(nearestPoint(some, [0], 1_090_000, 20_000)).toBeNull()
    expect(nearestPoint(some, [7], 1_000_000, 60_000)).toBeNull()
  })
})

describe('nextPoint()', () => {
  const some = data([[1, 0, 0, 1, 1]])

  test('goes from point to point and over gaps', () => {
    expect(nextPoint(some, [0], 1_040_000, -1)).toBe(1_030_000)
    expect(nextPoint(some, [0], 1_030_000, -1)).toBe(1_000_000)
    expect(nextPoint(some, [0], 1_000_000, 1)).toBe(1_030_000)
    expect(nextPoint(some, [0], 1_015_000, 1)).toBe(1_030_000)
  })

  test('finds none beyond the first and the last', () => {
    expect(nextPoint(some, [0], 1_000_000, -1)).toBeNull()
    expect(nextPoint(some, [0], 1_040_000, 1)).toBeNull()
    expect(nextPoint(some, [0], 2_000_000, -1)).toBe(1_040_000)
  })

  test('does not come back to the same point because the cursor was rounded', () => {
    const fine = data([[1, 1, 1]], 1)
    expect(nextPoint(fine, [0], Math.round(pointTime(fine, 1)), 1)).toBe(pointTime(fine, 2))
    expect(nextPoint(fine, [0], Math.round(pointTime(fine, 1)), -1)).toBe(pointTime(fine, 0))
  })
})
