import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addSummaries, addValue, packRollup, type Summaries, unpackRollup } from '../../store/rollup-codec.ts'

const number = fc.double({ noNaN: true, noDefaultInfinity: true })
const entries = fc.uniqueArray(
  fc.tuple(
    fc.integer({ min: 1, max: 2 ** 40 }),
    fc.record({ count: fc.integer({ min: 1, max: 2 ** 50 }), min: number, max: number, sum: number }),
  ),
  { selector: ([id]) => id, maxLength: 40 },
)

test('unpackRollup() gives back every summary bit for bit', () => {
  fc.assert(
    fc.property(entries, (given) => {
      const found = unpackRollup(packRollup(new Map(given)))
      expect(found).toEqual(new Map(given))
    }),
  )
})

test('addSummaries() of parts equals the summary of all values', () => {
  const summaryOf = (values: readonly number[]) => {
    const sums: Summaries = new Map()
    for (const value of values) addValue(sums, 7, value)
    return sums
  }
  const integers = fc.array(fc.integer({ min: -1e6, max: 1e6 }), { minLength: 1 })
  fc.assert(
    fc.property(integers, integers, (one, other) => {
      const sums = summaryOf(one)
      addSummaries(sums, summaryOf(other))
      expect(sums).toEqual(summaryOf([...one, ...other]))
    }),
  )
})
