import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openTemporary, temporaryFile } from './temporary.ts'

const point = (label: string, time: number, value: number, category = 'foo') => ({
  project: 'm',
  category,
  label,
  time,
  value,
})

test('append() keeps every float64 bit for bit', () => {
  const store = openTemporary()
  let time = 0
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      store.append([point('bar', ++time, value)])
      expect(store.latest('m')[0]?.value).toBe(value)
    }),
  )
})

test('append() replaces the value of a series at a time it has', () => {
  const store = openTemporary()
  store.append([point('bar', 1000, 5), point('baz', 1000, 6), point('bar', 2000, 1)])
  store.append([point('bar', 1000, 7)])
  const { series } = store.query({ project: 'm', category: 'foo', from: 0, to: 3000, buckets: 3 })
  expect(series.map(({ label, count, max }) => [label, [...count], [...max]])).toEqual([
    ['bar', [0, 1, 1], [Number.NaN, 7, 1]],
    ['baz', [0, 1, 0], [Number.NaN, 6, Number.NaN]],
  ])
})

test('append() lets the last of two equal times in one batch win', () => {
  const store = openTemporary()
  store.append([point('bar', 1000, 5), point('bar', 1000, 6)])
  expect(store.latest('m')).toMatchObject([{ time: 1000, value: 6 }])
})

test('append() corrects the roll-ups when a spike is replaced', () => {
  const store = openTemporary()
  const hour = 3_600_000
  store.append([point('bar', hour, 1), point('bar', hour + 1000, 1e9), point('bar', hour + 60_000, 3)])
  store.append([point('bar', hour + 1000, 2)])
  for (const buckets of [1, 60]) {
    const { series } = store.query({ project: 'm', category: 'foo', from: hour, to: 2 * hour, buckets })
    expect(Math.max(...[...(series[0]?.max ?? [])].filter((max) => max > 0))).toBe(3)
  }
  const [whole] = store.query({ project: 'm', category: 'foo', from: hour, to: 2 * hour, buckets: 1 }).series
  expect([whole?.count[0], whole?.mean[0], whole?.min[0]]).toEqual([3, 2, 1])
})

test('append() stores nothing of a batch in which one point cannot be stored', () => {
  const store = openTemporary()
  for (const bad of [
    point('x', 1.5, 1),
    point('x', 1, Number.NaN),
    point('x', 1, Number.POSITIVE_INFINITY),
  ]) {
    expect(() => store.append([point('bar', 1000, 5), bad])).toThrow(
      expect.objectContaining({ name: 'Problem', code: 'invalid' }),
    )
  }
  expect(store.projects()).toEqual([])
  expect(store.position()).toBe(0)
})

test('append() makes projects, categories and series that another process uses under the same ids', () => {
  const file = temporaryFile()
  const one = openTemporary(file)
  const other = openTemporary(file)
  one.append([point('bar', 1000, 1)])
  other.append([point('bar', 2000, 2), point('baz', 2000, 3)])
  one.append([point('baz', 3000, 4)])
  expect(one.latest('m')).toEqual(other.latest('m'))
  expect(one.latest('m').map(({ label, time }) => [label, time])).toEqual([
    ['bar', 2000],
    ['baz', 3000],
  ])
})

test('append() takes labels and categories of any text', () => {
  const store = openTemporary()
  const names = ['__proto__', 'constructor', "x'); DROP TABLE round;--", '😀'.repeat(64), ' ', 'a\u0000b']
  store.append(names.map((name, i) => point(name, 1000, i, name)))
  expect(store.catalogue('m').map(({ name }) => name)).toEqual(names)
  expect(store.latest('m').map(({ label }) => label)).toEqual(names)
})

test('stats() counts rows written and bytes on disk', () => {
  const store = openTemporary()
  const before = store.stats()
  store.append([point('bar', 1000, 1), point('baz', 1000, 1)])
  expect(store.stats().rowsWritten - before.rowsWritten).toBe(1)
  expect(store.stats().bytes).toBeGreaterThan(before.bytes)
})
