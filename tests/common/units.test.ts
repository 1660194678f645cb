import { describe, expect, test } from 'vitest'
import { formatNumber, formatValue, shownUnit } from '../../common/units.ts'

describe('formatValue()', () => {
  test.each([
    [43, '%', '43 %'],
    [4.26, '%', '4.3 %'],
    [99.96, '%', '100 %'],
    [100, '%', '100 %'],
    [0, '%', '0 %'],
    [1.5 * 1024 ** 3, 'byte', '1.5 GiB'],
    [15.64 * 1024 ** 3, 'byte', '15.6 GiB'],
    [512 * 1024 ** 2, 'byte', '512 MiB'],
    [700, 'byte', '700 B'],
    [0, 'byte', '0 B'],
    [12.34e6, 'byte/s', '12.3 MB/s'],
    [940, 'byte/s', '940 B/s'],
    [0.4, 'byte/s', '0.4 B/s'],
    [1e9, 'bit/s', '1 Gbit/s'],
    [2.4e9, 'Hz', '2.4 GHz'],
    [45.5, '°C', '45.5 °C'],
    [-3.25, '°C', '-3.3 °C'],
    [0.42, '', '0.42'],
    [42, '', '42'],
    [1234, '', '1234'],
    [12_345_678, '', '12.3 M'],
    [3, 'users', '3 users'],
    [0.0007, 's', '700 µs'],
    [0.25, 's', '250 ms'],
    [12.34, 's', '12.3 s'],
    [75, 's', '1 min 15 s'],
    [3600, 's', '1 h'],
    [3 * 86_400 + 4 * 3600 + 59 * 60, 's', '3 d 4 h'],
    [Number.NaN, '%', '–'],
    [Number.POSITIVE_INFINITY, 'byte', '–'],
    [615, '1/s', '615 /s'],
  ])('formatValue() writes %s %s as %s', (value, unit, text) => {
    expect(formatValue(value, unit)).toBe(text)
  })

  test('formatValue() takes the next unit where rounding would reach a thousand', () => {
    expect(formatValue(999_960, 'byte/s')).toBe('1 MB/s')
    expect(formatValue(1024 ** 3 - 1, 'byte')).toBe('1 GiB')
  })

  test('formatValue() keeps the unit of negative values', () => {
    expect(formatValue(-12.3e6, 'byte/s')).toBe('-12.3 MB/s')
    expect(formatValue(-75, 's')).toBe('-1 min 15 s')
  })
})

describe('formatNumber()', () => {
  test.each([
    [0.05, '0.05'],
    [0.0004, '0.0004'],
    [0.000123, '0.00012'],
    [-0.001, '-0.001'],
    [9.999, '10'],
    [1e15, '1.0e+15'],
    [-0, '0'],
  ])('formatNumber() writes %s as %s', (value, text) => {
    expect(formatNumber(value)).toBe(text)
  })
})

describe('shownUnit()', () => {
  test('shownUnit() leaves units that it does not know as they are', () => {
    expect(shownUnit('quux', 1e9)).toEqual({ divisor: 1, symbol: 'quux' })
  })

  test('shownUnit() shows nothing in the base unit', () => {
    expect(shownUnit('s', 0)).toEqual({ divisor: 1, symbol: 's' })
    expect(shownUnit('byte', 0).symbol).toBe('B')
  })
})
