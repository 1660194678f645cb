import { expect, test } from 'vitest'
import { checkReadings } from '../../generator/check-readings.ts'

test('checkReadings() takes every kind of reading as it is', () => {
  const readings = {
    plain: 1,
    limited: { value: 2, min: 0, max: 9, unit: 'byte' },
    counted: { value: 3, kind: 'counter', unit: { free: 'rows/s' } },
    share: { part: 1, whole: 2 },
    none: { value: null, unit: 'byte' },
  }
  expect(checkReadings(readings)).toEqual({ readings, failure: null })
})

test.each([null, undefined])('checkReadings() takes %s as no readings', (answer) => {
  expect(checkReadings(answer)).toEqual({ readings: {}, failure: null })
})

test.each([
  ['a text', '7', 'a is 7, not a number'],
  ['NaN', Number.NaN, 'a is NaN, not a number'],
  ['nothing', undefined, 'a is undefined, not a number'],
  ['null by itself', null, 'a is null, not a number'],
  ['a misspelt key', { value: 1, mx: 9 }, 'a: a reading has no "mx"; did you mean "max"?'],
  ['an infinite limit', { value: 1, max: Number.POSITIVE_INFINITY }, 'a: max is Infinity, not a number'],
  ['half a share', { part: 1 }, 'a is undefined, not a number'],
  ['no value', { max: 1 }, 'a is undefined, not a number'],
  ['an unknown unit', { value: 1, unit: 'bites' }, /^a: unit must be one of .* or \{ free: '…' \}$/],
])('checkReadings() leaves out %s, says so, and keeps the rest', (_, reading, message) => {
  const { readings, failure } = checkReadings({ a: reading, b: 2 })
  expect(readings).toEqual({ b: 2 })
  expect(failure).toMatch(message)
})

test('checkReadings() refuses what is no object at all', () => {
  expect(checkReadings(42)).toEqual({ readings: {}, failure: 'read() answered 42, not readings' })
})
