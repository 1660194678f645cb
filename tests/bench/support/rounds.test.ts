import { describe, expect, test } from 'vitest'
import { realisticRounds, seriesOf } from '../../../bench/support/rounds.ts'

const options = { from: 1_700_000_000_000, everyMs: 1000, rounds: 300 }
const listed = (given: Partial<Parameters<typeof realisticRounds>[0]> = {}) =>
  Array.from(realisticRounds({ ...options, ...given }), ({ time }) => time)
const valuesOf = (given: Partial<Parameters<typeof realisticRounds>[0]> = {}) =>
  Array.from(realisticRounds({ ...options, ...given }), ({ values }) => [...values])

describe('seriesOf()', () => {
  test('seriesOf() gives 60 series in 8 categories', () => {
    expect(seriesOf()).toHaveLength(60)
    expect(new Set(seriesOf().map(({ category }) => category)).size).toBe(8)
  })

  test('seriesOf() gives only the series of the named categories', () => {
    expect(new Set(seriesOf(['network', 'disk']).map(({ category }) => category))).toEqual(
      new Set(['network', 'disk']),
    )
    expect(seriesOf(['network'])).toHaveLength(8)
  })
})

describe('realisticRounds()', () => {
  test('realisticRounds() stand on the grid without jitter', () => {
    expect(listed()).toEqual(Array.from({ length: 300 }, (_, i) => options.from + i * 1000))
  })

  test('realisticRounds() come up to jitterMs late, in both extremes', () => {
    const late = listed({ jitterMs: 24 }).map((time, i) => time - options.from - i * 1000)
    expect(Math.min(...late)).toBe(0)
    expect(Math.max(...late)).toBe(24)
  })

  test('realisticRounds() yields the same values again for the same seed, and others for another', () => {
    expect(valuesOf()).toEqual(valuesOf())
    expect(valuesOf({ seed: 2 })).not.toEqual(valuesOf())
  })

  test('realisticRounds() gives a category the same values alone as among all', () => {
    const columns = seriesOf().flatMap(({ category }, i) => (category === 'disk' ? [i] : []))
    const among = valuesOf().map((values) => columns.map((column) => values[column]))
    expect(valuesOf({ categories: ['disk'] })).toEqual(among)
  })

  test('realisticRounds() yields finite numbers that move', () => {
    const all = valuesOf()
    expect(all.flat().every(Number.isFinite)).toBe(true)
    const moving = seriesOf().filter((_, i) => new Set(all.map((values) => values[i])).size > 1)
    expect(moving.length).toBeGreaterThan(40)
  })
})
