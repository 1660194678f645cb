import { expect, test } from 'vitest'
import type { PeerQuery } from '../../../bench/support/peers/peer.ts'
import { shifted, timeQueries } from '../../../bench/support/time-queries.ts'

const end = 1_800_000_000_123

test('shifted() asks for whole buckets, at most 400, that end before the end', () => {
  for (const windowMs of [3_600_000, 86_400_000, 30 * 86_400_000, 365 * 86_400_000]) {
    for (let turn = 0; turn < 50; turn++) {
      const { from, to, stepMs } = shifted('disk', windowMs, end, turn)
      expect([from % stepMs, to % stepMs]).toEqual([0, 0])
      expect(to).toBeLessThanOrEqual(end)
      expect((to - from) / stepMs).toBeLessThanOrEqual(400)
      expect((to - from) / stepMs).toBeGreaterThan(200)
    }
  }
})

test('timeQueries() leaves the warming up out of its quantiles', async () => {
  const asked: PeerQuery[] = []
  const ask = async (query: PeerQuery) => (asked.push(query) <= 300 ? 1000 : asked.length)
  const timing = await timeQueries(ask, { category: 'disk', windowMs: 3_600_000, end, queries: 10 })
  expect(asked).toHaveLength(310)
  expect(timing).toEqual({ p50: 305, p99: 310 })
})

test('timeQueries() stops early, after three queries, where each takes too long', async () => {
  const ask = async () => new Promise<number>((resolve) => setTimeout(resolve, 5, 5))
  const options = { category: 'disk', windowMs: 3_600_000, end, queries: 1000, patienceMs: 0 }
  expect(await timeQueries(ask, options)).toEqual({ p50: 5, p99: 5 })
})
