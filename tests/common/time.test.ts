import { describe, expect, test } from 'vitest'
import { Problem } from '../../common/problem.ts'
import { parseTime } from '../../common/time.ts'

const moment = Date.UTC(2026, 0, 31, 3, 12, 0)

describe('parseTime()', () => {
  test.each<[string | number, number]>([
    [1769829120, moment],
    ['1769829120', moment],
    [' 1769829120 ', moment],
    ['1769829120.25', moment + 250],
    [1769829120_123, moment + 123],
    ['1769829120123.6', moment + 124],
    ['1.76982912e9', moment],
    [0, 0],
    ['-5', -5000],
  ])('parseTime(%j) reads seconds and milliseconds', (given, expected) => {
    expect(parseTime(given)).toBe(expected)
  })

  test.each([
    ['2026-01-31T03:12:00Z', moment],
    ['2026-01-31t03:12:00z', moment],
    ['2026-01-31T03:12:00', moment],
    ['2026-01-31 03:12', moment],
    ['2026-01-31T03:12:00.5Z', moment + 500],
    ['2026-01-31T03:12:00,123456789+00:00', moment + 123],
    ['2026-01-31T04:12:00+01:00', moment],
    ['2026-01-31T04:12:00 01:00', moment],
    ['2026-01-31T04:12:00+0100', moment],
    ['2026-01-30T21:42:00-05:30', moment],
    ['2026-01-31T05:12:00+02', moment],
    ['2026-01-31', Date.UTC(2026, 0, 31)],
    ['2024-02-29', Date.UTC(2024, 1, 29)],
  ])('parseTime(%j) reads ISO 8601', (given, expected) => {
    expect(parseTime(given)).toBe(expected)
  })

  test.each([
    ...['', ' ', 'now', 'NaN', 'Infinity', '-Infinity', '0x10', '1e999', '1e17', '12:00', '1_000'],
    ...['2026-02-30', '2025-02-29', '2026-13-01', '2026-00-10', '2026-01-31T24:00', '2026-01-31T03:60'],
    ...['2026-01-31T03:12:61Z', '2026-01-31T03:12:00+25:00', '2026-01-31T', '0001-01-01x', 'T03:12'],
  ])('parseTime(%j) refuses what is no time', (given) => {
    expect(() => parseTime(given, 'from')).toThrow(Problem)
    expect(() => parseTime(given, 'from')).toThrow('from is not a time')
  })

  test('parseTime() refuses numbers that are none', () => {
    for (const given of [Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => parseTime(given)).toThrow(Problem)
  })

  test('parseTime() never answers negative zero', () => {
    expect(Object.is(parseTime('-0'), 0)).toBe(true)
  })
})
