import { describe, expect, test } from 'vitest'
import { isMet, type Row } from '../../../bench/support/benchmark.ts'
import { rounded, table } from '../../../bench/support/table.ts'

const row: Row = { what: 'bytes', unit: 'B', ours: 0.6, reference: { name: 'peer', value: 0.8 } }

describe('isMet()', () => {
  test('isMet() holds a target against the number itself', () => {
    expect(isMet(row, { value: 0.6 })).toBe(true)
    expect(isMet(row, { value: 0.59 })).toBe(false)
  })

  test('isMet() holds a target against the ratio', () => {
    expect(isMet(row, { ratio: 0.75 })).toBe(true)
    expect(isMet(row, { ratio: 0.74 })).toBe(false)
  })

  test('isMet() wants both where both are asked', () => {
    expect(isMet(row, { value: 1, ratio: 0.5 })).toBe(false)
    expect(isMet(row, { value: 0.5, ratio: 1 })).toBe(false)
    expect(isMet(row, { value: 1, ratio: 1 })).toBe(true)
  })

  test('isMet() cannot tell a ratio without a reference', () => {
    expect(isMet({ what: 'bytes', unit: 'B', ours: 1 }, { ratio: 1 })).toBeNull()
    expect(isMet({ what: 'bytes', unit: 'B', ours: 1 }, { value: 0.5, ratio: 1 })).toBe(false)
  })

  test('isMet() turns round where more is better', () => {
    const speed: Row = { what: 'speed', unit: 'points/s', ours: 10, better: 'more' }
    expect(isMet(speed, { value: 9 })).toBe(true)
    expect(isMet(speed, { value: 11 })).toBe(false)
  })
})

describe('table()', () => {
  test('table() shows ratio and verdicts in aligned columns', () => {
    const lines = table([{ ...row, atLeast: { ratio: 1 }, want: { value: 0.5 } }]).split('\n')
    expect(lines).toHaveLength(3)
    expect(new Set(lines.map((line) => line.length)).size).toBe(1)
    expect(lines[2]).toContain('0.75x')
    expect(lines[2]).toContain('<= 1x: met')
    expect(lines[2]).toContain('<= 0.5 B: MISSED')
  })

  test('table() says where a target cannot be judged', () => {
    expect(table([{ what: 'a', unit: 'B', ours: 1, atLeast: { ratio: 1 } }])).toContain('<= 1x: not judged')
  })
})

describe('rounded()', () => {
  test.each([
    [0.123_456, '0.123'],
    [12.345, '12.3'],
    [99.96, '100'],
    [1234.5, '1,235'],
    [1_234_567, '1,234,567'],
  ])('rounded() writes %d as %s', (value, text) => {
    expect(rounded(value)).toBe(text)
  })
})
