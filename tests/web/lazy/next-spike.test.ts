import { describe, expect, test } from 'vitest'
import type { Holding } from '../../../web/data/holding.ts'
import { nextSpike } from '../../../web/lazy/next-spike.ts'

/** Flat series of a point every 10 s from 1000 s on; per series at which buckets they rise to 50. */
function flat(...spikes: readonly (readonly number[])[]): Holding {
  const columns = spikes.map((own, id) => {
    const value = Float64Array.from({ length: 100 }, (_, index) => (own.includes(index) ? 50 : 1))
    return [id, { count: new Float64Array(100).fill(1), min: value, mean: value, max: value }] as const
  })
  return { from: 1_000_000, stepMs: 10_000, length: 100, everyMs: 10_000, columns: new Map(columns) }
}

describe('nextSpike()', () => {
  const holding = flat([20, 60], [40])

  test('goes from spike to spike, whichever series has it', () => {
    const times = [1_990_000, 1_600_000, 1_400_000].map((time) => nextSpike(holding, [0, 1], time, -1))
    expect(times.map((spike) => [spike?.time, spike?.id])).toEqual([
      [1_600_000, 0],
      [1_400_000, 1],
      [1_200_000, 0],
    ])
    expect(nextSpike(holding, [0, 1], 1_200_000, 1)).toMatchObject({ time: 1_400_000, value: 50, high: true })
  })

  test('looks at the series asked for only', () => {
    expect(nextSpike(holding, [0], 1_600_000, -1)?.time).toBe(1_200_000)
  })

  test('finds none beyond the last', () => {
    expect(nextSpike(holding, [0, 1], 1_600_000, 1)).toBeNull()
    expect(nextSpike(holding, [7], 1_000_000, 1)).toBeNull()
  })
})
