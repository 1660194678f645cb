import fc from 'fast-check'
import { expect, test } from 'vitest'
import { undeclared } from '../../common/declaration.ts'
import type { Value } from '../../store/types.ts'
import { ReferenceStore } from './reference-store.ts'
import { openTemporary } from './temporary.ts'

const hour = 3_600_000
const start = 490_000 * hour - 7000

const labels = fc.constantFrom('a', 'b', 'c')
const points = fc.array(
  fc.record({
    project: fc.constant('m'),
    category: fc.constant('foo'),
    label: labels,
    time: fc
      .oneof(
        fc.integer({ min: 0, max: 100_000 }),
        fc.integer({ min: 0, max: 400 * hour }),
        fc.integer({ min: 0, max: 20 }).map((n) => n * 60_000),
      )
      .map((offset) => start + offset),
    value: fc.integer(),
  }),
  { minLength: 1, maxLength: 60 },
)

const byLabel = (values: readonly Value[]) =>
  new Map(values.map(({ label, time, value }) => [label, { time, value }]))

test('latest() and at() equal a plain look at all points', () => {
  const moments = fc.array(fc.integer({ min: -1000, max: 200_000 }), { minLength: 1, maxLength: 10 })
  fc.assert(
    fc.property(points, moments, (given, offsets) => {
      const store = openTemporary()
      const reference = new ReferenceStore()
      store.append(given)
      reference.append(given)
      expect(byLabel(store.latest('m'))).toEqual(reference.newest(-8e15, 8e15))
      for (const time of [...offsets.map((offset) => start + offset), ...given.map((one) => one.time)]) {
        expect(byLabel(store.at('m', time))).toEqual(reference.newest(time - 60_000, time))
      }
    }),
    { numRuns: 60 },
  )
})

test('catalogue() knows the first and last time of a category after any order of points', () => {
  fc.assert(
    fc.property(points, (given) => {
      const store = openTemporary()
      for (const one of given) store.append([one])
      const times = given.map(({ time }) => time)
      expect(store.catalogue('m')).toMatchObject([
        { firstTime: Math.min(...times), lastTime: Math.max(...times) },
      ])
    }),
    { numRuns: 30 },
  )
})

test('at() tolerates three intervals of a slow category', () => {
  const store = openTemporary()
  store.declare('m', 'slow', { ...undeclared, everySeconds: 300 })
  store.append([{ project: 'm', category: 'slow', label: 'a', time: start, value: 1 }])
  expect(store.at('m', start + 900_000)).toMatchObject([{ time: start, value: 1 }])
  expect(store.at('m', start + 900_001)).toEqual([])
  expect(store.at('m', start - 1)).toEqual([])
})

test('latest() finds a series that fell silent long before its neighbours', () => {
  const store = openTemporary()
  const one = (label: string, time: number) => ({ project: 'm', category: 'foo', label, time, value: time })
  store.append([one('gone', start), ...Array.from({ length: 500 }, (_, n) => one('here', start + n * hour))])
  expect(store.latest('m')).toMatchObject([
    { label: 'gone', time: start },
    { label: 'here', time: start + 499 * hour },
  ])
})
