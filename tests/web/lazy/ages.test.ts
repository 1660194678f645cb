import { expect, test } from 'vitest'
import { ageInWords, agesWith, maxAges, pointAges } from '../../../web/lazy/ages.ts'

const day = 86_400

test('ageInWords() uses the largest unit of which the age is a whole number', () => {
  const ages = [365 * day, 730 * day, day, 14 * day, 3600, 36 * 3600, 1800, 60, 61, 90.5]
  expect(ages.map(ageInWords)).toEqual([
    ...['1 year', '2 years', '1 day', '14 days', '1 hour', '36 hours', '30 minutes', '1 minute'],
    ...['61 seconds', '90.5 seconds'],
  ])
})

test('agesWith() offers no more than may be and always what is', () => {
  expect(agesWith(pointAges, 7 * day, 10 * day)).toEqual([3600, 21_600, day, 3 * day, 7 * day])
  expect(agesWith(pointAges, 7 * day, 10 * day)).toContain(7 * day)
  expect(agesWith(maxAges, 100 * day)).toContain(100 * day)
  expect(agesWith(maxAges, 100 * day)).toEqual([...maxAges, 100 * day].sort((a, b) => a - b))
})
