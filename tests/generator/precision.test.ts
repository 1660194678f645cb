import { expect, test } from 'vitest'
import { roundedByteRate, roundedRate, roundedShare, secondsOf } from '../../generator/precision.ts'

test('roundedShare() keeps what the whole carries', () => {
  expect(roundedShare(12.3456, 100)).toBe(12.3)
  expect(roundedShare(12.3456, 10_000)).toBe(12.35)
})

test('roundedByteRate() keeps tenths below ten only', () => {
  expect([0.04, 9.94, 9.96, 10.4, 1234.5678].map(roundedByteRate)).toEqual([0, 9.9, 10, 10, 1235])
})

test.each([
  [100, 0.3],
  [1000, 0.3],
  [5000, 0.33],
  [10_000, 0.33],
  [60_000, 0.333],
])('roundedRate() keeps a tenth of one count in an interval of %i ms', (everyMs, expected) => {
  expect(roundedRate(1 / 3, { isWhole: true, everyMs })).toBe(expected)
})

test('roundedRate() keeps six digits of what is no count, however small or large', () => {
  const rates = [1 / 3, 1e-9 / 3, 1e12 / 3].map((rate) =>
    roundedRate(rate, { isWhole: false, everyMs: 1000 }),
  )
  expect(rates).toEqual([0.333333, 3.33333e-10, 333333000000])
})

test('secondsOf() gives microseconds', () => {
  expect(secondsOf(0.123456)).toBe(0.000123)
  expect(secondsOf(1234.5678)).toBe(1.234568)
})
