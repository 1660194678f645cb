import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bucketLadderMs, bucketStep } from '../../../common/ladder.ts'
import { endOf, type Holding } from '../../../web/data/holding.ts'
import { aligned, type Held, hull, missing, question, stepFor } from '../../../web/data/wanted.ts'

const minute = 60_000

const held = (from: number, length: number, change: Partial<Held> = {}): Held => {
  const holding: Holding = { from, stepMs: 1000, length, everyMs: 1000, columns: new Map() }
  return { holding, askedStepMs: 1000, until: endOf(holding), ...change }
}

describe('stepFor()', () => {
  test('fits any window of the span into the pixels', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10_000, max: 1e12 }),
        fc.integer({ min: 50, max: 2000 }),
        fc.integer({ min: 0, max: 2e12 }),
        (span, pixels, from) => {
          const step = stepFor(span, pixels)
          const window = aligned({ from, to: from + span }, step)
          expect((window.to - window.from) / step).toBeLessThan(pixels)
        },
      ),
    )
  })

  test('is the same wherever the window lies', () => {
    expect(stepFor(10 * minute, 380)).toBe(2000)
    expect(stepFor(60 * minute, 380)).toBe(10_000)
  })
})

describe('question()', () => {
  const steps = bucketLadderMs.filter((step) => step >= 100 && step <= 86_400_000)

  test('is answered with the wanted length, or with a slow category’s own, whatever part it asks for', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...steps),
        fc.constantFrom(1, 1000, 5000, 10_000, 15_000, 60_000),
        fc.integer({ min: 0, max: 2e12 }),
        fc.integer({ min: 1, max: 400 }),
        (stepMs, leastMs, at, count) => {
          const { from, to, buckets } = question({ from: at, to: at + count * stepMs }, stepMs)
          const own = bucketLadderMs.find((step) => step >= Math.max(leastMs, stepMs))
          expect(bucketStep(from, to, buckets, leastMs)).toBe(own)
        },
      ),
    )
  })

  test('covers what was asked', () => {
    const { from, to } = question({ from: 1500, to: 2500 }, 1000)
    expect(from).toBeLessThanOrEqual(1500)
    expect(to).toBe(3000)
  })
})

describe('missing()', () => {
  const wanted = { from: 10_000, to: 20_000 }

  test('is everything when nothing is held, or something of another length', () => {
    expect(missing(undefined, wanted, 1000)).toEqual(wanted)
    expect(missing(held(0, 100), wanted, 2000)).toEqual(wanted)
  })

  test('is nothing when all is held', () => {
    expect(missing(held(10_000, 10), wanted, 1000)).toBeNull()
    expect(missing(held(0, 100), wanted, 1000)).toBeNull()
  })

  test('is nothing to the right of what live points grow', () => {
    expect(missing(held(10_000, 2, { until: Number.POSITIVE_INFINITY }), wanted, 1000)).toBeNull()
  })

  test('is the edge alone when the window was panned; the last bucket is asked for again', () => {
    expect(missing(held(12_000, 20), wanted, 1000)).toEqual({ from: 10_000, to: 12_000 })
    expect(missing(held(5000, 10), wanted, 1000)).toEqual({ from: 14_000, to: 20_000 })
  })

  test('is the time that is in doubt, although there are buckets of it', () => {
    expect(missing(held(10_000, 10, { until: 17_500 }), wanted, 1000)).toEqual({ from: 16_500, to: 20_000 })
  })

  test('is everything when the window is away from what is held, or wider on both sides', () => {
    expect(missing(held(100_000, 10), wanted, 1000)).toEqual(wanted)
    expect(missing(held(0, 5), wanted, 1000)).toEqual(wanted)
    expect(missing(held(12_000, 2), wanted, 1000)).toEqual(wanted)
  })
})

test('hull() covers all spans', () => {
  expect(hull([])).toBeNull()
  expect(
    hull([
      { from: 5, to: 7 },
      { from: 1, to: 6 },
    ]),
  ).toEqual({ from: 1, to: 7 })
})
