import { expect, test } from 'vitest'
import { longest, median, quantile } from '../../../bench/support/statistics.ts'

const hundred = Array.from({ length: 100 }, (_, i) => 100 - i)

test('quantile() gives the nearest rank, whatever the order', () => {
  expect(quantile(hundred, 0.99)).toBe(99)
  expect(quantile(hundred, 1)).toBe(100)
  expect(quantile([7], 0.5)).toBe(7)
  expect(quantile([], 0.5)).toBeNaN()
})

test('median() gives the middle one', () => {
  expect(median([3, 1, 2])).toBe(2)
})

test('longest() gives the largest, and 0 of none', () => {
  expect(longest([1, 5, 2])).toBe(5)
  expect(longest([])).toBe(0)
})
