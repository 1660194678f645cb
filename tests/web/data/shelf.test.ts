import { describe, expect, test } from 'vitest'
import { emptyColumns } from '../../../web/data/holding.ts'
import { coverage, Shelf } from '../../../web/data/shelf.ts'
import type { Held } from '../../../web/data/wanted.ts'

const live = Number.POSITIVE_INFINITY

/** A hundred buckets of one series from `from` on: 3200 bytes. */
function held(from: number, stepMs = 1000, until = live): Held {
  const holding = { from, stepMs, length: 100, everyMs: 0, columns: new Map([[1, emptyColumns(100)]]) }
  return { holding, askedStepMs: stepMs, until }
}

test('coverage() is the share of a window that is there', () => {
  expect(coverage(held(0), { from: 0, to: 100_000 })).toBe(1)
  expect(coverage(held(0), { from: 50_000, to: 150_000 })).toBe(0.5)
  expect(coverage(held(0, 1000, 75_000), { from: 50_000, to: 150_000 })).toBe(0.25)
  expect(coverage(held(0), { from: 500_000, to: 600_000 })).toBe(0)
})

describe('Shelf', () => {
  const window = { from: 0, to: 100_000 }

  test('take() gives back what covers most, once, and complete up to the time at which it was put', () => {
    const shelf = new Shelf()
    shelf.put('load', held(50_000), 90_000)
    shelf.put('load', held(10_000), 90_000)
    const taken = shelf.take('load', 1000, window, 0)
    expect([taken?.holding.from, taken?.until]).toEqual([10_000, 90_000])
    expect(shelf.take('load', 1000, window, 0)?.holding.from).toBe(50_000)
    expect(shelf.take('load', 1000, window, 0)).toBeNull()
  })

  test('take() gives nothing of another category, length or time, and nothing that covers too little', () => {
    const shelf = new Shelf()
    shelf.put('load', held(50_000), live)
    expect(shelf.take('memory', 1000, window, 0)).toBeNull()
    expect(shelf.take('load', 2000, window, 0)).toBeNull()
    expect(shelf.take('load', 1000, { from: 500_000, to: 600_000 }, 0)).toBeNull()
    expect(shelf.take('load', 1000, window, 0.8)).toBeNull()
    expect(shelf.take('load', 1000, window, 0.5)).not.toBeNull()
  })

  test('put() lets go of what was used longest ago when there is too much', () => {
    const shelf = new Shelf(7000)
    for (const category of ['a', 'b', 'c']) shelf.put(category, held(0), live)
    expect(['a', 'b', 'c'].map((category) => shelf.take(category, 1000, window, 0) !== null)).toEqual([
      false,
      true,
      true,
    ])
  })

  test('put() keeps nothing that is doubted', () => {
    const shelf = new Shelf()
    shelf.put('load', { ...held(0), askedStepMs: 0 }, live)
    expect(shelf.take('load', 0, window, 0)).toBeNull()
  })

  test('forgetSpan() forgets what late points touch, forgetCategory() a category', () => {
    const shelf = new Shelf()
    shelf.put('load', held(0), live)
    shelf.put('load', held(200_000), live)
    shelf.forgetSpan({ from: 99_000, to: 100_000 })
    expect(shelf.take('load', 1000, window, 0)).toBeNull()
    shelf.forgetCategory('load')
    expect(shelf.take('load', 1000, { from: 200_000, to: 300_000 }, 0)).toBeNull()
  })
})
