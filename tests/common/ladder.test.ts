import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bucketLadderMs, bucketStep } from '../../common/ladder.ts'

const maxTime = 10 * 365 * 86_400_000

test('bucketStep() never makes more buckets than asked for', () => {
  const times = fc.integer({ min: 0, max: maxTime })
  fc.assert(
    fc.property(times, times, fc.integer({ min: 2, max: 2000 }), (a, b, buckets) => {
      const [from, to] = a < b ? [a, b] : [b, a + 1]
      const step = bucketStep(from, to, buckets)
      const count = Math.ceil(to / step) - Math.floor(from / step)
      expect(count <= buckets || step === bucketLadderMs.at(-1)).toBe(true)
    }),
  )
})

test('bucketStep() is never shorter than the least', () => {
  expect(bucketStep(0, 60_000, 2000, 10_000)).toBe(10_000)
})

test('bucketLadderMs ascends, and every rung up to a day divides a day', () => {
  const day = 86_400_000
  expect([...bucketLadderMs].sort((a, b) => a - b)).toEqual([...bucketLadderMs])
  for (const step of bucketLadderMs) expect(step < day ? day % step : step % day).toBe(0)
})
