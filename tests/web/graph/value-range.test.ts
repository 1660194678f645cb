import { describe, expect, test } from 'vitest'
import { calmRange, fitRange, roundUp, valueStep, valueTicks } from '../../../web/graph/value-range.ts'

const gib = 1024 ** 3
const none = { min: null, max: null }

describe('roundUp()', () => {
  test.each([
    [1, 1],
    [1.01, 2],
    [2.2, 2.5],
    [3, 5],
    [0.0061, 0.01],
    [730, 1000],
  ])('roundUp() of %s is %s', (size, round) => {
    expect(roundUp(size)).toBeCloseTo(round, 9)
  })
})

describe('valueTicks()', () => {
  test('valueTicks() are the multiples within the range, ends included', () => {
    expect(valueTicks({ min: 0, max: 100 }, 50)).toEqual([0, 50, 100])
    expect(valueTicks({ min: 35, max: 100 }, 25)).toEqual([50, 75, 100])
    expect(valueTicks({ min: -3, max: 3 }, 2)).toEqual([-2, 0, 2])
  })

  test('valueTicks() include an end that arithmetic misses by a hair', () => {
    expect(valueTicks({ min: 0, max: 0.3 }, 0.1)).toHaveLength(4)
  })
})

describe('valueStep()', () => {
  test('valueStep() is round in the unit that is shown', () => {
    expect(valueStep({ min: 0, max: 15.6 * gib }, 'byte', 3) / gib).toBeCloseTo(10, 9)
    expect(valueStep({ min: 0, max: 15.6 * gib }, 'byte', 4) / gib).toBeCloseTo(5, 9)
    expect(valueStep({ min: 0, max: 14e6 }, 'byte/s', 3)).toBeCloseTo(5e6, 3)
    expect(valueStep({ min: 0, max: 100 }, '%', 3)).toBe(50)
  })
})

describe('fitRange()', () => {
  test('fitRange() ends at declared limits that nothing passes', () => {
    expect(fitRange({ min: 3, max: 42 }, { min: 0, max: 100 }, '%')).toEqual({ min: 0, max: 100 })
    expect(fitRange({ min: 40, max: 60 }, { min: 35, max: 100 }, '°C')).toEqual({ min: 35, max: 100 })
    expect(fitRange(null, { min: 0, max: 15.6 * gib }, 'byte')).toEqual({ min: 0, max: 15.6 * gib })
  })

  test('fitRange() does not mind a hair beyond a limit', () => {
    expect(fitRange({ min: -1e-9, max: 100.0000001 }, { min: 0, max: 100 }, '%')).toEqual({
      min: 0,
      max: 100,
    })
  })

  test('fitRange() reaches beyond a limit that is passed', () => {
    const { min, max } = fitRange({ min: 0.2, max: 7.3 }, { min: 0, max: 4 }, '')
    expect(min).toBe(0)
    expect(max).toBeGreaterThan(7.3)
    expect(fitRange({ min: 20, max: 60 }, { min: 35, max: 100 }, '°C').min).toBeLessThanOrEqual(20)
  })

  test('fitRange() shows zero with what is never negative and varies much', () => {
    const { min, max } = fitRange({ min: 2e6, max: 9e6 }, none, 'byte/s')
    expect(min).toBe(0)
    expect(max).toBeGreaterThanOrEqual(9e6)
    expect(max).toBeLessThan(12e6)
  })

  test('fitRange() looks closely at what varies little', () => {
    const { min, max } = fitRange({ min: 1008, max: 1016 }, none, 'hPa')
    expect(min).toBeGreaterThan(1000)
    expect(min).toBeLessThanOrEqual(1008)
    expect(max).toBeGreaterThanOrEqual(1016)
  })

  test('fitRange() holds negative values', () => {
    const { min, max } = fitRange({ min: -12, max: 3 }, none, '°C')
    expect(min).toBeLessThanOrEqual(-12)
    expect(max).toBeGreaterThanOrEqual(3)
  })

  test.each([
    [null, none],
    [{ min: 0, max: 0 }, none],
    [{ min: 5, max: 5 }, none],
    [{ min: -5, max: -5 }, none],
    [
      { min: 0, max: 0 },
      { min: 0, max: null },
    ],
    [{ min: 1e-9, max: 2e-9 }, none],
    [null, { min: null, max: 4 }],
    [null, { min: 7, max: null }],
  ] as const)('fitRange() of %o with limits %o is never empty and holds all', (seen, limits) => {
    const { min, max } = fitRange(seen, limits, '')
    expect(max).toBeGreaterThan(min)
    for (const value of [seen?.min, seen?.max, limits.min, limits.max]) {
      if (typeof value !== 'number') continue
      expect(value).toBeGreaterThanOrEqual(min)
      expect(value).toBeLessThanOrEqual(max)
    }
  })
})

describe('calmRange()', () => {
  const shown = { min: 0, max: 100 }

  test('calmRange() grows at once, also while held', () => {
    expect(calmRange(shown, { min: 0, max: 150 }, true)).toEqual({ min: 0, max: 150 })
    expect(calmRange(shown, { min: 0, max: 150 }, false)).toEqual({ min: 0, max: 150 })
  })

  test('calmRange() takes nothing away while held', () => {
    expect(calmRange(shown, { min: 0, max: 10 }, true)).toEqual(shown)
    expect(calmRange(shown, { min: -5, max: 10 }, true)).toEqual({ min: -5, max: 100 })
  })

  test('calmRange() takes away what is much too empty, not a little', () => {
    expect(calmRange(shown, { min: 0, max: 80 }, false)).toEqual(shown)
    expect(calmRange(shown, { min: 0, max: 60 }, false)).toEqual({ min: 0, max: 60 })
  })

  test('calmRange() begins with what fits', () => {
    expect(calmRange(null, { min: 0, max: 10 }, true)).toEqual({ min: 0, max: 10 })
  })
})
