import fc from 'fast-check'
import { expect, test } from 'vitest'
import { packRound, unpackRound } from '../../store/round-codec.ts'

const values = fc.uniqueArray(
  fc.tuple(fc.integer({ min: 1, max: 2 ** 40 }), fc.double({ noNaN: true, noDefaultInfinity: true })),
  { selector: ([id]) => id, maxLength: 70 },
)

test('unpackRound() gives back every series and every bit of its value', () => {
  fc.assert(
    fc.property(values, (entries) => {
      const found = unpackRound(packRound(new Map(entries)))
      expect(found.size).toBe(entries.length)
      for (const [id, value] of entries) expect(found.get(id)).toBe(value)
    }),
  )
})

test('unpackRound() keeps extremes, subnormals and negative zero', () => {
  const entries = [-0, 0, Number.MIN_VALUE, -Number.MAX_VALUE, 2 ** 53 - 1, 0.1].map(
    (value, i) => [i + 1, value] as const,
  )
  expect([...unpackRound(packRound(new Map(entries)))]).toEqual(entries)
})

test('packRound() takes nine bytes a series when ids are neighbours', () => {
  expect(packRound(new Map(Array.from({ length: 60 }, (_, i) => [i + 1, i / 3])))).toHaveLength(1 + 60 * 9)
})

test('unpackRound() throws when a blob was cut', () => {
  const blob = packRound(new Map([[300, 1.5]]))
  expect(() => unpackRound(blob.subarray(0, 2))).toThrow(RangeError)
})
