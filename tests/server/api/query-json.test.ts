import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rounded } from '../../../server/api/query-json.ts'

test('rounded() keeps nine digits, of any size', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const result = rounded(value)
      expect(Number(result.toPrecision(9))).toBe(result)
      expect(Math.abs(result - value)).toBeLessThanOrEqual(5.000001e-9 * Math.abs(value))
    }),
    { numRuns: 2000 },
  )
})

test('rounded() gives the float64 that is nearest to the decimal', () => {
  expect([4 / 3, 200 / 3, -1e9 / 7, 1 / 3e5, 123_456_789_012.5].map(rounded)).toEqual([
    1.33333333, 66.6666667, -142857143, 0.00000333333333, 123_456_789_000,
  ])
})
