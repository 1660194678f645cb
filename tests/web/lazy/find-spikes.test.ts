import { describe, expect, test } from 'vitest'
import type { SeriesColumns } from '../../../web/data/holding.ts'
import { findSpikes } from '../../../web/lazy/find-spikes.ts'

/** One point a bucket; null is a gap. */
function columns(values: readonly (number | null)[]): SeriesColumns {
  const value = Float64Array.from(values, (own) => own ?? Number.NaN)
  return {
    count: Float64Array.from(values, (own) => (own === null ? 0 : 1)),
    min: value,
    mean: value,
    max: value,
  }
}

const spikes = (values: readonly (number | null)[]) =>
  findSpikes(columns(values), values.length).map(({ index, high }) => [index, high ? 'peak' : 'dip'])

/** The same noise in every run, between 0 and 1. */
function noise(length: number): number[] {
  let seed = 42
  return Array.from({ length }, () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return seed / 2_147_483_648
  })
}

describe('findSpikes()', () => {
  test('finds single points that leave a flat line, and not the line between them', () => {
    const values = Array.from({ length: 200 }, () => 3)
    values[50] = 90
    values[120] = 60
    expect(spikes(values)).toEqual([
      [50, 'peak'],
      [120, 'peak'],
    ])
  })

  test('finds dips', () => {
    const values = Array.from({ length: 100 }, () => 80)
    values[40] = 5
    expect(spikes(values)).toEqual([[40, 'dip']])
  })

  test('finds no spike in noise alone, but those that rise out of it', () => {
    const values = noise(400)
    expect(spikes(values)).toEqual([])
    values[300] = 9
    expect(spikes(values)).toEqual([[300, 'peak']])
  })

  test('finds the crests and troughs of a wave, each once', () => {
    const values = Array.from({ length: 400 }, (_, index) => 50 + 40 * Math.sin((index / 100) * 2 * Math.PI))
    const found = spikes(values)
    expect(found.filter(([, kind]) => kind === 'peak')).toHaveLength(4)
    expect(found.filter(([, kind]) => kind === 'dip')).toHaveLength(4)
  })

  test('finds a spike on a rising line, and neither line nor step as such', () => {
    const line = Array.from({ length: 200 }, (_, index) => index)
    expect(spikes(line)).toEqual([])
    line[60] = 160
    expect(spikes(line)).toEqual([[60, 'peak']])
    expect(spikes(Array.from({ length: 200 }, (_, index) => (index < 100 ? 10 : 50)))).toEqual([])
  })

  test('gives a broad peak its first highest bucket', () => {
    const values = Array.from({ length: 100 }, (_, index) => (index >= 30 && index < 36 ? 100 : 10))
    expect(spikes(values)).toEqual([[30, 'peak']])
  })

  test('skips gaps and takes no unfinished rise at an end for a spike', () => {
    const values: (number | null)[] = Array.from({ length: 100 }, () => 1)
    values.fill(null, 20, 40)
    values[60] = 50
    values[99] = 70
    expect(spikes(values)).toEqual([[60, 'peak']])
  })

  test('finds the greatest of a bucket although its mean hides it', () => {
    const own = columns(Array.from({ length: 100 }, () => 2))
    own.max = own.max.slice()
    own.max[70] = 99
    expect(findSpikes(own, 100)).toEqual([{ index: 70, value: 99, high: true }])
  })

  test('finds nothing where nothing, or next to nothing, is', () => {
    expect(spikes([])).toEqual([])
    expect(spikes([1, 9, 1])).toEqual([])
    expect(spikes(Array.from({ length: 100 }, () => 7))).toEqual([])
  })
})
