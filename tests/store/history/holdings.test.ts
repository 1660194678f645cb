import { expect, test } from 'vitest'
import { undeclared } from '../../../common/declaration.ts'
import type { Holding, Store } from '../../../store/types.ts'
import { openTemporary } from '../temporary.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour
/** Not on any grid. */
const start = Date.UTC(2026, 0, 31, 21, 12, 13, 7)

const labels = ['a', 'b', 'c', 'd']
const noise = (time: number, i: number): number => (Math.floor(time / 977) * (7 + i)) % 101

function fill(store: Store, { from, until, every }: { from: number; until: number; every: number }): number {
  let points = 0
  for (let at = from; at < until; at += 1000 * every) {
    const times = Array.from(
      { length: Math.min(1000, Math.ceil((until - at) / every)) },
      (_, n) => at + n * every,
    )
    store.append(
      times.flatMap((time) =>
        labels.map((label, i) => ({ project: 'm', category: 'foo', label, time, value: noise(time, i) })),
      ),
    )
    points += times.length * labels.length
  }
  return points
}

function only(store: Store, now: number): Holding {
  const [holding, ...others] = store.holdings(now)
  expect(others).toEqual([])
  if (!holding) throw new Error('nothing is held')
  return holding
}

test('holdings() counts every single point, packed or waiting, and says what it takes', () => {
  const store = openTemporary()
  store.declare('m', 'foo', { ...undeclared, everySeconds: 10 })
  const until = start + 3 * day
  const packed = fill(store, { from: start, until, every: 10 * second })
  store.sealAll()
  const waiting = fill(store, { from: until, until: until + 5 * minute, every: 10 * second })
  const now = until + 5 * minute
  const held = only(store, now)
  expect(held).toMatchObject({
    project: 'm',
    category: 'foo',
    series: 4,
    oldest: start,
    newest: now - 10 * second,
    points: packed,
    waiting,
  })
  expect(held.pointBytes / packed).toBeLessThan(4)
  expect(held.pointBytes).toBeGreaterThan(500)
  expect(held.sums).toBeGreaterThanOrEqual(4 * (3 * 144 + 2 * 24))
  expect(held.sumBytes).toBeGreaterThan(500)
  expect(held.pointsPerDay / (4 * 8640)).toBeCloseTo(1, 1)
  expect(held.sumsPerDay).toBeCloseTo(4 * (144 + 24 + 1))
})

test('holdings() counts what full resolution left of the points', () => {
  const store = openTemporary()
  store.declare('m', 'foo', { ...undeclared, everySeconds: 10 })
  const now = start + 3 * day
  const all = fill(store, { from: start, until: now, every: 10 * second })
  store.sealAll()
  const before = only(store, now)
  const keep = { maxAgeSeconds: 365 * 86_400, fullResolutionSeconds: 86_400, budgetMs: 1000 }
  while (store.prune({ now, ...keep }));
  const held = only(store, now)
  expect(held.points).toBeGreaterThanOrEqual(all / 3)
  expect(held.points).toBeLessThan(all / 3 + 4 * 70)
  expect(held.oldest).toBe(before.oldest)
  expect(held.sumBytes).toBe(before.sumBytes)
  expect(held.pointBytes).toBeLessThan(before.pointBytes * 0.6)
})

test('holdings() rates a young category by its age and one that fell silent by nothing', () => {
  const store = openTemporary()
  fill(store, { from: start, until: start + 10 * minute, every: second })
  const [young, silent] = [only(store, start + 10 * minute), only(store, start + 3 * day)]
  expect(young.pointsPerDay / (4 * 86_400)).toBeCloseTo(1, 1)
  expect(silent).toMatchObject({ pointsPerDay: 0, sumsPerDay: 0, points: 0, waiting: 2400 })
})

test('holdings() of an empty store and of a declared category without a point are nothing', () => {
  const store = openTemporary()
  expect(store.holdings(start)).toEqual([])
  store.declare('m', 'foo', undeclared)
  expect(only(store, start)).toMatchObject({
    points: 0,
    waiting: 0,
    oldest: null,
    newest: null,
    sums: 0,
    sumBytes: 0,
  })
})
