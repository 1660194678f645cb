import { describe, expect, test } from 'vitest'
import { addPoint, type Holding } from '../../../web/data/holding.ts'
import { momentOf, readAt, readNewest } from '../../../web/data/values.ts'

/** Holds points of series 1 at the given times, each with its time in seconds as its value. */
function holdingOf(times: readonly number[], shape: Partial<Holding> = {}): Holding {
  const holding: Holding = { from: 0, stepMs: 1000, length: 0, everyMs: 1000, columns: new Map(), ...shape }
  for (const time of times) addPoint(holding, 1, time, time / 1000)
  return holding
}

describe('readAt()', () => {
  test('reads the bucket of the moment', () => {
    const holding = holdingOf([0, 1000, 2000])
    expect(readAt(holding, 1, 1999)).toEqual({ value: 1, min: 1, max: 1 })
    expect(readAt(holding, 1, 0)).toEqual({ value: 0, min: 0, max: 0 })
  })

  test('reads mean, least and greatest of a bucket of several points', () => {
    const holding = holdingOf([0, 1000, 2000], { stepMs: 10_000 })
    expect(readAt(holding, 1, 5000)).toEqual({ value: 1, min: 0, max: 2 })
  })

  test('is null in a gap, before the first point and for a series without points', () => {
    const holding = holdingOf([2000, 3000, 9000])
    expect(readAt(holding, 1, 6000)).toBeNull()
    expect(readAt(holding, 1, 1000)).toBeNull()
    expect(readAt(holding, 2, 2000)).toBeNull()
  })

  test('reads the point before the moment when buckets are shorter than the interval', () => {
    const holding = holdingOf([0, 5000, 10_000], { everyMs: 5000 })
    expect(readAt(holding, 1, 4000)?.value).toBe(0)
    expect(readAt(holding, 1, 9999)?.value).toBe(5)
  })

  test('is null soon after the last point, as the graph ends there', () => {
    const holding = holdingOf([0, 1000])
    expect(readAt(holding, 1, 2500)?.value).toBe(1)
    expect(readAt(holding, 1, 60_000)).toBeNull()
  })

  test('reaches as far between irregular points as their usual distance allows', () => {
    const times = [0, 10_000, 20_000, 30_000]
    const holding = holdingOf(times, { everyMs: 0 })
    expect(readAt(holding, 1, 29_000)?.value).toBe(20)
    expect(readAt(holding, 1, 59_000)?.value).toBe(30)
    expect(readAt(holding, 1, 61_000)).toBeNull()
  })
})

test('momentOf() is the cursor, else the right edge of the past, else the newest', () => {
  const past = { from: 0, to: 100, live: false, cursor: null }
  expect(momentOf({ ...past, cursor: 50 })).toBe(50)
  expect(momentOf(past)).toBe(100)
  expect(momentOf({ ...past, live: true })).toBeNull()
  expect(momentOf({ ...past, live: true, cursor: 7 })).toBe(7)
})

test('readNewest() forgets a value whose category has long been due, but no irregular one', () => {
  const newest = { time: 0, value: 42 }
  expect(readNewest(newest, 60_000, 1000)?.value).toBe(42)
  expect(readNewest(newest, 64_000, 1000)).toBeNull()
  expect(readNewest(newest, 1e9, 0)?.value).toBe(42)
  expect(readNewest(undefined, 0, 1000)).toBeNull()
})
