import { expect, test } from 'vitest'
import type { Readings } from '../../generator/gather.ts'
import { Rates } from '../../generator/rate.ts'

const boot = 'first'
const counters = (unit = '') => new Rates({ kind: 'counter', unit, everyMs: 1000 })

/** Values after each reading, a second apart unless said otherwise. */
function valuesOf(readings: readonly Readings[], { rates = counters(), stepMs = 1000 } = {}) {
  return readings.map((reading, index) =>
    Object.fromEntries(rates.next(reading, { at: index * stepMs, boot })),
  )
}

test('next() passes gauges through from the first reading on', () => {
  const rates = new Rates({ kind: 'gauge', unit: '', everyMs: 1000 })
  expect(valuesOf([{ a: 5, b: { value: -1, max: 9 } }], { rates })).toEqual([{ a: 5, b: -1 }])
})

test('next() makes growth a second of counters, and nothing of the first reading', () => {
  expect(valuesOf([{ a: 1000 }, { a: 1500 }, { a: 1500 }])).toEqual([{}, { a: 500 }, { a: 0 }])
})

test('next() divides by the time that went by on the monotonic clock, not by the interval', () => {
  const rates = counters()
  rates.next({ a: 0 }, { at: 0, boot })
  expect(rates.next({ a: 300 }, { at: 1500, boot }).get('a')).toBe(200)
})

test('next() makes a share of two counters, from 0 to 100', () => {
  const share = (part: number, whole: number) => ({ a: { part, whole } })
  expect(valuesOf([share(10, 100), share(35, 200), share(335, 300), share(335, 400)])).toEqual([
    {},
    { a: 25 },
    { a: 100 },
    { a: 0 },
  ])
})

test('next() gives no share when the whole did not grow or shrank', () => {
  const share = (part: number, whole: number) => ({ a: { part, whole } })
  expect(valuesOf([share(10, 100), share(10, 100), share(12, 90)])).toEqual([{}, {}, {}])
})

test('next() gives nothing for the interval of a reset, also when 32 bits are full, and goes on after it', () => {
  expect(valuesOf([{ a: 4294967290 }, { a: 10 }, { a: 40 }])).toEqual([{}, {}, { a: 30 }])
})

test('next() gives nothing across a boot even when the counter is larger already', () => {
  const rates = counters()
  rates.next({ a: 10 }, { at: 0, boot })
  expect(rates.next({ a: 90_000_000 }, { at: 1000, boot: 'second' }).size).toBe(0)
  expect(rates.next({ a: 90_000_005 }, { at: 2000, boot: 'second' }).get('a')).toBe(5)
})

test('next() begins anew with a series that was gone', () => {
  expect(valuesOf([{ a: 1, b: 10 }, { a: 2 }, { a: 3, b: 5000 }, { a: 4, b: 5001 }])).toEqual([
    {},
    { a: 1 },
    { a: 1 },
    { a: 1, b: 1 },
  ])
})

test('next() gives nothing across a gap of more than three intervals, and a true rate across a shorter one', () => {
  expect(valuesOf([{ a: 0 }, { a: 9000 }], { stepMs: 3000 })).toEqual([{}, { a: 3000 }])
  expect(valuesOf([{ a: 0 }, { a: 9000 }], { stepMs: 4000 })).toEqual([{}, {}])
})

test('next() takes single series as counters among gauges', () => {
  const rates = new Rates({ kind: 'gauge', unit: '', everyMs: 1000 })
  const reading = (value: number): Readings => ({ gauge: 7, rows: { value, kind: 'counter' } })
  expect(valuesOf([reading(100), reading(160)], { rates })).toEqual([{ gauge: 7 }, { gauge: 7, rows: 60 }])
})

/** The value of the second reading, read somewhat late. */
function second(rates: Rates, first: Readings, then: Readings): number | undefined {
  rates.next(first, { at: 0, boot })
  return rates.next(then, { at: 1000.37, boot }).get('a')
}

test('next() rounds bytes a second to whole ones, and to tenths below 10', () => {
  expect(second(counters('byte/s'), { a: 1_000_000 }, { a: 1_123_457 })).toBe(123_411)
  expect(second(counters('byte/s'), { a: 0 }, { a: 7 })).toBe(7)
  expect(second(counters('bit/s'), { a: 0 }, { a: 7.77 })).toBe(7.8)
})

test('next() rounds by the unit of the series where it has one', () => {
  const reading = (value: number): Readings => ({ a: { value, unit: 'byte/s' } })
  expect(second(counters(), reading(0), reading(1000))).toBe(1000)
  const free = (value: number): Readings => ({ a: { value, unit: { free: 'bees/s' } } })
  expect(second(counters('byte/s'), free(0), free(25.5))).toBe(25.4906)
})

test('next() rounds other counts to a tenth of one, those with fractions to six digits', () => {
  expect(second(counters('1/s'), { a: 0 }, { a: 3 })).toBe(3)
  expect(second(counters('1/s'), { a: 0 }, { a: 12_345_678 })).toBe(12_341_111.8)
  expect(second(counters('s'), { a: 0.25 }, { a: 1 })).toBe(0.749723)
})

test('next() rounds shares to a tenth of a percent, of large wholes to a hundredth', () => {
  const share = (part: number, whole: number): Readings => ({ a: { part, whole } })
  expect(second(counters('%'), share(0, 0), share(1, 3))).toBe(33.3)
  expect(second(counters('%'), share(0, 0), share(1234, 9999))).toBe(12.3)
  expect(second(counters('%'), share(0, 0), share(1234, 10_000))).toBe(12.34)
  expect(second(counters('%'), share(0, 0), share(9999, 10_001))).toBe(99.98)
})

test('next() gives nothing for a value that is not there, and begins a counter anew after it', () => {
  const reading = (value: number | null): Readings => ({ a: { value }, b: { value, kind: 'gauge' } })
  expect(valuesOf([reading(1), reading(3), reading(null), reading(9), reading(10)])).toEqual([
    { b: 1 },
    { a: 2, b: 3 },
    {},
    { b: 9 },
    { a: 1, b: 10 },
  ])
})

test('next() leaves gauges as they were read', () => {
  const rates = new Rates({ kind: 'gauge', unit: 'byte/s', everyMs: 1000 })
  expect(rates.next({ a: Math.PI }, { at: 0, boot }).get('a')).toBe(Math.PI)
})
