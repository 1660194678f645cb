import { expect, test } from 'vitest'
import { describeSpan, ranges } from '../../../web/view/ranges.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

test('ranges() are those of the drop-down, shortest first', () => {
  expect(ranges.map(({ label }) => label)).toEqual([
    ...['1 min', '5 min', '10 min', '30 min', '1 h', '6 h', '12 h', '24 h', '7 days', '30 days', '1 year'],
  ])
  expect(ranges.map(({ ms }) => ms)).toEqual(ranges.map(({ ms }) => ms).toSorted((a, b) => a - b))
})

test.each([
  [10_000, '10 s'],
  [45_300, '45 s'],
  [90_000, '1 min 30 s'],
  [10 * minute, '10 min'],
  [10 * minute + 300, '10 min'],
  [3 * hour + 20 * minute + 25_000, '3 h 20 min'],
  [59 * minute + 59_900, '1 h'],
  [24 * hour, '24 h'],
  [25 * hour, '1 day 1 h'],
  [7 * day, '7 days'],
  [2 * day + 5 * hour, '2 days 5 h'],
  [400 * day, '1 year 35 days'],
  [3650 * day, '10 years'],
  [400, '1 s'],
])('describeSpan() calls %s ms "%s"', (ms, words) => {
  expect(describeSpan(ms)).toBe(words)
})
