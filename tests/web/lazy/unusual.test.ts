import { describe, expect, test } from 'vitest'
import type { SeriesColumns } from '../../../web/data/holding.ts'
import { unusualness } from '../../../web/lazy/unusual.ts'

/** Two windows of as many buckets; null is a gap. */
function columns(before: readonly (number | null)[], now: readonly (number | null)[]): SeriesColumns {
  const all = [...before, ...now]
  const value = Float64Array.from(all, (own) => own ?? Number.NaN)
  return {
    count: Float64Array.from(all, (own) => (own === null ? 0 : 1)),
    min: value,
    mean: value,
    max: value,
  }
}

const score = (before: readonly (number | null)[], now: readonly (number | null)[]): number =>
  unusualness(columns(before, now), before.length, before.length + now.length)

const wave = (low: number, high: number): number[] =>
  Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? low : high))

describe('unusualness()', () => {
  test('is nothing where all is as before', () => {
    expect(score(wave(10, 20), wave(10, 20))).toBe(0)
    expect(score(wave(7, 7), wave(7, 7))).toBe(0)
    expect(score(wave(0, 0), wave(0, 0))).toBe(0)
  })

  test('grows with the level, and counts in what is usual there', () => {
    const little = score(wave(10, 20), wave(12, 22))
    const much = score(wave(10, 20), wave(30, 40))
    expect(much).toBeGreaterThan(little)
    expect(score(wave(14, 16), wave(30, 40))).toBeGreaterThan(much)
  })

  test('sees a single spike, and a dip', () => {
    const spike = wave(10, 20)
    spike[7] = 95
    expect(score(wave(10, 20), spike)).toBeGreaterThan(10)
    const dip = wave(80, 90)
    dip[7] = 1
    expect(score(wave(80, 90), dip)).toBeGreaterThan(10)
  })

  test('takes a trifle on a level that never moved for a trifle', () => {
    expect(score(wave(1e9, 1e9), wave(1e9 + 1000, 1e9))).toBeLessThan(0.1)
  })

  test('puts what appeared or fell silent before all else, and what was never there last', () => {
    const nothing = wave(0, 0).map(() => null)
    expect(score(nothing, wave(1, 2))).toBe(Number.POSITIVE_INFINITY)
    expect(score(wave(1, 2), nothing)).toBe(Number.POSITIVE_INFINITY)
    expect(score(nothing, nothing)).toBe(0)
  })
})
