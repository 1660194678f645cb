import { describe, expect, test } from 'vitest'
import { networkOf, TryLimit } from '../../../server/access/try-limit.ts'

const limits = {
  perAddress: { tries: 3, windowMs: 1000 },
  overall: { tries: 5, windowMs: 10_000, few: 2 },
  everybody: { tries: 8, windowMs: 10_000 },
}

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

  test('TryLimit lets those who failed before wait after too many failures from wherever, and nobody else', () => {
    const limit = new TryLimit(limits)
    for (const address of ['a', 'a', 'b', 'c', 'd']) limit.failed(address, 0)
    expect(limit.waitMs('a', 1)).toBe(9999)
    expect(limit.waitMs('b', 1)).toBe(0)
    expect(limit.waitMs('e', 1)).toBe(0)
    expect(limit.waitMs('a', 10_000)).toBe(0)
  })

  test('TryLimit lets everybody wait after very many failures from wherever', () => {
    const limit = new TryLimit(limits)
    for (const address of 'abcdefgh') limit.failed(address, 0)
    expect(limit.waitMs('z', 1)).toBe(9999)
    expect(limit.waitMs('z', 10_000)).toBe(0)
  })

  test('TryLimit takes all addresses of one IPv6 network for one', () => {
    const limit = new TryLimit(limits)
    for (const end of [1, 2, 3]) limit.failed(`2001:db8::${end}`, 0)
    expect(limit.waitMs('2001:db8:0:0:ffff::9', 1)).toBe(999)
    expect(limit.waitMs('2001:db8:0:1::9', 1)).toBe(0)
  })

  test('TryLimit forgets addresses rather than grow without end, but not the limit for everybody', () => {
    const limit = new TryLimit({ ...limits, everybody: { tries: 12_000, windowMs: 10_000 } })
    for (let i = 0; i < 12_000; i++) limit.failed(`address ${i}`, 0)
    expect(limit.waitMs('address 0', 1)).toBe(9999)
  })
})

describe('networkOf()', () => {
  test.each([
    ['192.168.1.20', '192.168.1.20'],
    ['::ffff:192.168.1.20', '192.168.1.20'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['2001:DB8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['::1', '0:0:0:0'],
    ['unknown', 'unknown'],
  ])('networkOf(%s) is what one sender can have alone', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })
})
