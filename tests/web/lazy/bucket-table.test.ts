import { describe, expect, test } from 'vitest'
import type { Category } from '../../../common/wire.ts'
import { fromAnswer } from '../../../web/data/holding.ts'
import { tableOf, toCsv, toTabs } from '../../../web/lazy/bucket-table.ts'

const series = (id: number, label: string, unit: string) => ({ id, label, unit, min: null, max: null })
const category: Category = {
  ...{ name: 'oven', help: '', unit: '%', graph: true, everySeconds: 10, min: null, max: null, error: null },
  ...{ firstTime: null, lastTime: null },
  series: [series(1, 'top, "left"', '°C'), series(2, '=fan', '')],
}

const from = Date.UTC(2026, 0, 20)
/** Buckets of 10 s; the second has nothing, the third several points of the second series. */
const numbers = (...values: (number | null)[]): Float64Array =>
  Float64Array.from(values, (value) => value ?? Number.NaN)
const top = numbers(20, null, 22, 23)
const holding = fromAnswer(
  {
    ...{ name: 'oven', from, stepMs: 10_000, length: 4 },
    series: [
      { id: 1, label: 'top', count: numbers(1, 0, 1, 1), min: top, mean: top, max: top },
      {
        ...{ id: 2, label: 'fan', count: numbers(1, 0, 3, 0) },
        ...{
          min: numbers(5, null, 4, null),
          mean: numbers(5, null, 6.5, null),
          max: numbers(5, null, 9, null),
        },
      },
    ],
  },
  10_000,
)

describe('tableOf()', () => {
  test('has a row per bucket with points and one column where no bucket sums up', () => {
    const { columns, rows } = tableOf(category, holding, from, from + 40_000)
    expect(columns.map(({ series: name, part }) => [name, part])).toEqual([
      ['top, "left" (°C)', ''],
      ['=fan (%)', 'min'],
      ['=fan (%)', 'mean'],
      ['=fan (%)', 'max'],
    ])
    expect(rows).toEqual([
      { time: from, values: [20, 5, 5, 5] },
      { time: from + 20_000, values: [22, 4, 6.5, 9] },
      { time: from + 30_000, values: [23, null, null, null] },
    ])
  })

  test('holds what the window touches only', () => {
    expect(tableOf(category, holding, from + 5000, from + 20_000).rows.map(({ time }) => time)).toEqual([
      from,
    ])
    expect(tableOf(category, holding, from + 90_000, from + 99_000).rows).toEqual([])
  })
})

test('toCsv() quotes what needs it, leaves gaps empty and makes no formula', () => {
  expect(toCsv(tableOf(category, holding, from + 20_000, from + 40_000)).split('\r\n')).toEqual([
    'time,"top, ""left"" (°C)",\'=fan (%) min,\'=fan (%) mean,\'=fan (%) max',
    '2026-01-20T00:00:20.000Z,22,4,6.5,9',
    '2026-01-20T00:00:30.000Z,23,,,',
    '',
  ])
})

test('toTabs() writes times as asked and a line per row', () => {
  const text = toTabs(tableOf(category, holding, from, from + 10_000), (time) => `at ${time - from}`)
  expect(text).toBe('time\ttop, "left" (°C)\t\'=fan (%)\nat 0\t20\t5')
})
