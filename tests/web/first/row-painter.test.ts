import { expect, test } from 'vitest'
import { barLimits, formatRange } from '../../../web/first/row-painter.ts'

const series = { id: 1, label: 'RAM', unit: 'byte' }

test('barLimits() needs an upper limit and begins at 0 without a lower one', () => {
  expect(barLimits({ ...series, min: 35, max: 100 })).toEqual({ min: 35, max: 100 })
  expect(barLimits({ ...series, min: null, max: 4 })).toEqual({ min: 0, max: 4 })
  expect(barLimits({ ...series, min: 0, max: null })).toBeNull()
  expect(barLimits({ ...series, min: 5, max: 5 })).toBeNull()
})

test('formatRange() names a shared unit once', () => {
  expect(formatRange({ min: 1.2e6, max: 3.4e6 }, 'byte/s')).toBe('1.2–3.4 MB/s')
  expect(formatRange({ min: 535, max: 3700 }, 'byte/s')).toBe('535 B/s – 3.7 kB/s')
  expect(formatRange({ min: 1, max: 2 }, '')).toBe('1–2')
  expect(formatRange({ min: 1.0001, max: 1.0002 }, '')).toBe('')
})
