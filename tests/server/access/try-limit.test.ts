import { describe, expect, test } from 'vitest'
import { TryLimit } from '../../../server/access/try-limit.ts'

const limits = { perAddress: { tries: 3, windowMs: 1000 }, overall: { tries: 5, windowMs: 10_000 } }

describe('TryLimit', () => {
  test('TryLimit lets an address wait after too many failures, until the oldest is past', () => {
    const limit = new TryLimit(limits)
    for (const now of [0, 100, 200]) {
      expect(limit.waitMs('a', now)).toBe(0)
      limit.failed('a', now)
    }
    expect(limit.waitMs('a', 300)).toBe(700)
    expect(limit.waitMs('b', 300)).toBe(0)
    expect(limit.waitMs('a', 1000)).toBe(0)
  })

  test('TryLimit lets everybody wait after too many failures from wherever', () => {
    const limit = new TryLimit(limits)
    for (const address of ['a', 'b', 'c', 'd', 'e']) limit.failed(address, 0)
    expect(limit.waitMs('f', 1)).toBe(9999)
    expect(limit.waitMs('f', 10_000)).toBe(0)
  })

  test('TryLimit forgets addresses rather than grow without end, but not the limit for everybody', () => {
    const limit = new TryLimit({ ...limits, overall: { tries: 20_000, windowMs: 10_000 } })
    for (let i = 0; i < 20_000; i++) limit.failed(`address ${i}`, 0)
    expect(limit.waitMs('address 0', 1)).toBe(9999)
  })
})
