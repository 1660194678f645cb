import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { undeclared } from '../../../common/declaration.ts'
import type { Point } from '../../../common/point.ts'
import type { PruneOptions, Store } from '../../../store/types.ts'
import { openTemporary, temporaryFile } from '../temporary.ts'

const start = Date.UTC(2026, 0, 1)
const minute = 60_000
const hour = 60 * minute

const rounds = (category: string, from: number, count: number): Point[] =>
  Array.from({ length: count }, (_, n) => ({
    ...{ project: 'm', category, label: 'a' },
    time: from + n * 1000,
    value: n === 5000 ? 1000 : (n % 101) / 10,
  }))

function pruneAll(store: Store, options: Omit<PruneOptions, 'budgetMs'>): void {
  while (store.prune({ ...options, budgetMs: 0 }));
}

/** A store with ten hours of a point a second, sealed and summed up. */
function tenHours(categories: readonly string[], file = temporaryFile(), freeBytes = () => 1e12): Store {
  const store = openTemporary(file, { freeBytes })
  for (const category of categories) {
    store.declare('m', category, { ...undeclared, everySeconds: 1 })
    store.append(rounds(category, start, 36_000))
  }
  store.sealAll()
  return store
}

const total = (store: Store, category: string, from: number, to: number, buckets: number) => {
  const { stepMs, series } = store.query({ project: 'm', category, from, to, buckets })
  return {
    stepMs,
    count: series[0]?.count.reduce((sum, n) => sum + n) ?? 0,
    max: Math.max(...(series[0]?.max ?? [])),
  }
}

test('prune() gives points up beyond fullResolution and keeps their sums and spikes', () => {
  const file = temporaryFile()
  const store = tenHours(['foo'], file)
  const now = start + 10 * hour
  pruneAll(store, { now, maxAgeSeconds: 1e7, fullResolutionSeconds: 3 * 3600 })
  const old = total(store, 'foo', start, start + 2 * hour, 100_000)
  expect([old.stepMs, old.count]).toEqual([minute, 7200])
  const spike = store.query({ project: 'm', category: 'foo', from: start, to: now, buckets: 1000 }).series[0]
  expect(Math.max(...(spike?.max.filter((one) => one >= 0) ?? []))).toBe(1000)
  const fresh = total(store, 'foo', now - 2 * hour, now, 100_000)
  expect([fresh.stepMs, fresh.count]).toEqual([1000, 7200])
  const sqlite = new Database(file, { readonly: true })
  const first = sqlite.prepare('SELECT min(first) FROM chunk WHERE step = 0').pluck().get()
  sqlite.close()
  expect(first).toBeGreaterThan(start + 5 * hour)
})

test('append() to a time whose points were given up adds to the sums, once, at every level', () => {
  const store = tenHours(['foo'])
  const now = start + 10 * hour
  pruneAll(store, { now, maxAgeSeconds: 1e7, fullResolutionSeconds: 3 * 3600 })
  const late = { project: 'm', category: 'foo', label: 'a', time: start + hour + 500, value: -7 }
  store.append([late])
  for (const sealed of [false, true]) {
    if (sealed) store.sealAll()
    for (const buckets of [10_000, 20, 1]) {
      expect(total(store, 'foo', start, start + 2 * hour, buckets).count).toBe(7201)
    }
    expect(store.at('m', start + hour + 59_000)[0]?.value).toBeCloseTo(
      (rounds('foo', start, 36_000)
        .slice(3600, 3660)
        .reduce((sum, { value }) => sum + value, 0) -
        (sealed ? 7 : 0)) /
        (sealed ? 61 : 60),
      9,
    )
  }
})

test('prune() keeps single categories longer or shorter', () => {
  const store = tenHours(['foo', 'brief'])
  const now = start + 10 * hour
  pruneAll(store, { now, maxAgeSeconds: 1e7, overrides: { brief: { maxAgeSeconds: 3600 } } })
  const counts = ['foo', 'brief'].map((category) => total(store, category, start, now, 100_000).count)
  expect(counts).toEqual([36_000, 3600])
})

test('prune() gives the oldest points up first where the disk is almost full, and says so', () => {
  let free = 1e12
  const store = tenHours(['foo', 'bar'], temporaryFile(), () => free)
  const now = start + 10 * hour
  pruneAll(store, { now, maxAgeSeconds: 1e7 })
  expect(store.stats().diskLow).toBe(false)
  free = 1000
  store.prune({ now, maxAgeSeconds: 1e7, budgetMs: 0 })
  expect(store.stats().diskLow).toBe(true)
  pruneAll(store, { now, maxAgeSeconds: 1e7 })
  const kept = total(store, 'foo', start, now, 100_000)
  expect([kept.stepMs, kept.count, kept.max]).toEqual([minute, 36_000, 1000])
  store.append(rounds('foo', now, 10))
  expect(total(store, 'foo', now, now + 10_000, 10).count).toBe(10)
  free = 1e12
  pruneAll(store, { now, maxAgeSeconds: 1e7 })
  expect(store.stats().diskLow).toBe(false)
})

test('prune() that keeps more again shows what is left and takes points of that time', () => {
  const store = tenHours(['foo'])
  const now = start + 10 * hour
  pruneAll(store, { now, maxAgeSeconds: 3600 })
  expect(total(store, 'foo', start, now, 100_000).count).toBe(3600)
  pruneAll(store, { now, maxAgeSeconds: 1e7 })
  store.append([{ project: 'm', category: 'foo', label: 'a', time: start + hour, value: 3 }])
  expect(total(store, 'foo', start + hour, start + 2 * hour, 1).count).toBeGreaterThanOrEqual(1)
  store.sealAll()
  expect(total(store, 'foo', start + hour, start + 2 * hour, 1).count).toBeGreaterThanOrEqual(1)
})
