import fc from 'fast-check'
import { expect, test } from 'vitest'
import { undeclared } from '../../common/declaration.ts'
import { bucketLadderMs } from '../../common/ladder.ts'
import type { Point } from '../../common/point.ts'
import type { Buckets, Store } from '../../store/types.ts'
import { ReferenceStore } from './reference-store.ts'
import { openTemporary } from './temporary.ts'

const start = Date.UTC(2026, 0, 31, 22, 58)
const hour = 3_600_000

/** Labels come and go, times repeat (replaced), come late and leave gaps. */
const pointsOf = (spanMs: number) =>
  fc.array(
    fc.record({
      project: fc.constant('m'),
      category: fc.constantFrom('foo', 'other'),
      label: fc.constantFrom('a', 'b', 'c', 'd'),
      time: fc.integer({ min: 0, max: spanMs / 250 }).map((n) => start + n * 250),
      value: fc.oneof(
        fc.double({ noNaN: true, min: -1e12, max: 1e12 }),
        fc.integer({ min: -3, max: 3 }),
        fc.constantFrom(1e300, -1e300, Number.MIN_VALUE),
      ),
    }),
    { minLength: 1, maxLength: 60 },
  )

const windowsOf = (spanMs: number) =>
  fc.record({
    from: fc.integer({ min: -hour, max: spanMs }).map((offset) => start + offset),
    span: fc.integer({ min: 1, max: spanMs + hour }),
    buckets: fc.integer({ min: 2, max: 500 }),
  })

test.each([
  ['seconds', 30_000],
  ['hours', 3 * hour],
  ['weeks', 21 * 24 * hour],
])('query() equals a plain look at all points over %s', (_, spanMs) => {
  const batches = fc.array(pointsOf(spanMs), { minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(batches, fc.array(windowsOf(spanMs), { minLength: 1, maxLength: 6 }), (given, windows) => {
      const store = openTemporary()
      const reference = fill(store, given)
      for (const { from, span, buckets } of windows) {
        const query = { project: 'm', category: 'foo', from, to: from + span, buckets }
        const answer = store.query(query)
        expect(answer.length).toBeLessThanOrEqual(buckets)
        expect(bucketLadderMs).toContain(answer.stepMs)
        expect(answer.from % answer.stepMs).toBe(0)
        expect(answer.from).toBeLessThanOrEqual(from)
        expect(answer.from + answer.length * answer.stepMs).toBeGreaterThanOrEqual(from + span)
        expectSame(answer, reference)
      }
    }),
    { numRuns: 40 },
  )
})

function fill(store: Store, batches: readonly Point[][]): ReferenceStore {
  const reference = new ReferenceStore()
  for (const batch of batches) {
    store.append(batch)
    reference.append(batch.filter(({ category }) => category === 'foo'))
  }
  return reference
}

function expectSame(answer: Buckets, reference: ReferenceStore): void {
  const wanted = reference.buckets(answer)
  expect(new Set(answer.series.map(({ label }) => label))).toEqual(new Set(wanted.keys()))
  for (const { label, count, min, mean, max } of answer.series) {
    const buckets = wanted.get(label) ?? []
    expect([...count]).toEqual(buckets.map((values) => values.length))
    for (const [i, values] of buckets.entries()) {
      if (values.length === 0) {
        expect([min[i], mean[i], max[i]]).toEqual([Number.NaN, Number.NaN, Number.NaN])
        continue
      }
      const [least, most] = [Math.min(...values), Math.max(...values)]
      expect([min[i] === least, max[i] === most]).toEqual([true, true])
      const exact = values.reduce((sum, value) => sum + value, 0) / values.length
      const tolerance = 1e-12 * Math.max(Math.abs(least), Math.abs(most))
      expect(Math.abs((mean[i] ?? Number.NaN) - exact)).toBeLessThanOrEqual(tolerance)
    }
  }
}

const single = (time: number, value = 1): Point => ({
  project: 'm',
  category: 'foo',
  label: 'bar',
  time,
  value,
})

test('query() counts a point on the edge of two buckets once', () => {
  const store = openTemporary()
  store.append([single(60_000), single(120_000), single(119_999)])
  const { series } = store.query({ project: 'm', category: 'foo', from: 60_000, to: 180_000, buckets: 2 })
  expect([...(series[0]?.count ?? [])]).toEqual([2, 1])
})

test('query() shows a one-second spike at one year', () => {
  const store = openTemporary()
  const day = 24 * hour
  store.append(Array.from({ length: 300 }, (_, n) => single(n * day, 1)))
  store.append([single(200 * day + 1000, 99)])
  const { series, stepMs } = store.query({
    project: 'm',
    category: 'foo',
    from: 0,
    to: 365 * day,
    buckets: 400,
  })
  expect(stepMs).toBe(day)
  expect([series[0]?.max[200], series[0]?.mean[200], series[0]?.min[200]]).toEqual([99, 50, 1])
  expect(Math.max(...(series[0]?.max.slice(0, 200) ?? []))).toBe(1)
})

test('query() makes no bucket shorter than the interval of the category', () => {
  const store = openTemporary()
  store.declare('m', 'foo', { ...undeclared, everySeconds: 10 })
  store.append([single(0), single(10_000)])
  expect(store.query({ project: 'm', category: 'foo', from: 0, to: 20_000, buckets: 500 }).stepMs).toBe(
    10_000,
  )
})

test('query() answers windows far wider than the data with few buckets and at once', () => {
  const store = openTemporary()
  store.append([single(start)])
  const began = performance.now()
  for (const to of [start + 1000 * 365 * 24 * hour, 8.64e15, Number.MAX_SAFE_INTEGER]) {
    const answer = store.query({ project: 'm', category: 'foo', from: -to, to, buckets: 300 })
    expect(answer.length).toBeLessThanOrEqual(300)
    expect(answer.series[0]?.count.reduce((sum, n) => sum + n)).toBe(1)
  }
  expect(performance.now() - began).toBeLessThan(1000)
})

test('query() keeps means between the extremes where float64 rounds or overflows', () => {
  const store = openTemporary()
  const values = [0.1, 0.1, 0.1]
  const huge = [Number.MAX_VALUE, Number.MAX_VALUE, -Number.MAX_VALUE, -Number.MAX_VALUE]
  store.append(values.map((value, i) => single(1000 + i, value)))
  store.append(huge.map((value, i) => single(2000 + i, value)))
  const [series] = store.query({ project: 'm', category: 'foo', from: 1000, to: 3000, buckets: 2 }).series
  expect(series?.mean[0]).toBe(0.1)
  expect(Number.isFinite(series?.mean[1])).toBe(true)
})

test('query() answers an unknown project or category with no series', () => {
  const store = openTemporary()
  store.append([single(1000)])
  for (const [project, category] of [
    ['m', 'nothing'],
    ['nobody', 'foo'],
  ] as const) {
    expect(store.query({ project, category, from: 0, to: 1000, buckets: 10 }).series).toEqual([])
  }
})

test('query() refuses what is no window', () => {
  const store = openTemporary()
  const good = { project: 'm', category: 'foo', from: 0, to: 1000, buckets: 10 }
  for (const bad of [{ to: 0 }, { from: Number.NaN }, { to: 0.5 }, { buckets: 0 }, { buckets: 1.5 }]) {
    expect(() => store.query({ ...good, ...bad })).toThrow(expect.objectContaining({ code: 'invalid' }))
  }
})
