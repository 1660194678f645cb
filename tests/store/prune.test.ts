import { statSync } from 'node:fs'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import type { Store } from '../../store/types.ts'
import { ReferenceStore } from './reference-store.ts'
import { openTemporary, temporaryFile } from './temporary.ts'

const hour = 3_600_000
const start = 490_000 * hour

const rounds = (from: number, count: number, stepMs: number) =>
  Array.from({ length: count }, (_, n) =>
    ['a', 'b', 'c', 'd'].map((label, i) => ({
      project: 'm',
      category: 'foo',
      label,
      time: from + n * stepMs,
      value: (n * 7 + i) % 101,
    })),
  ).flat()

/** Calls prune until all is done; how often. */
function pruneAll(store: Store, now: number, maxAgeSeconds: number, budgetMs = 1000): number {
  let calls = 1
  while (store.prune({ now, maxAgeSeconds, budgetMs })) calls += 1
  return calls
}

test('prune() removes what is older than maxAge to the minute, in rounds and roll-ups alike', () => {
  const store = openTemporary()
  const reference = new ReferenceStore()
  const points = rounds(start, 3000, 5000)
  store.append(points)
  reference.append(points)
  const now = start + 3000 * 5000
  pruneAll(store, now, 5432)
  const horizon = Math.floor((now - 5432_000) / 60_000) * 60_000
  reference.removeBefore(horizon)
  for (const buckets of [5, 60, 4000]) {
    const answer = store.query({ project: 'm', category: 'foo', from: start, to: now, buckets })
    const wanted = reference.buckets(answer)
    for (const { label, count, max } of answer.series) {
      expect([...count]).toEqual(wanted.get(label)?.map((values) => values.length))
      expect([...max].filter((value) => value >= 0)).toEqual(
        wanted
          .get(label)
          ?.filter((values) => values.length > 0)
          .map((values) => Math.max(...values)),
      )
    }
  }
  expect(store.catalogue('m')[0]?.firstTime).toBe(horizon)
})

test('prune() takes small steps, says whether more is left, and does nothing when nothing is old', () => {
  const store = openTemporary()
  store.append(rounds(start, 5000, 1000))
  store.sealAll()
  const now = start + 5000_000
  expect(store.prune({ now, maxAgeSeconds: 86_400, budgetMs: 0 })).toBe(false)
  const calls = pruneAll(store, now, 1000, 0)
  expect(calls).toBeGreaterThanOrEqual(2)
  expect(store.catalogue('m')[0]?.firstTime).toBe(Math.floor((now - 1000_000) / 60_000) * 60_000)
})

test('prune() gives the space back', () => {
  const file = temporaryFile()
  const store = openTemporary(file)
  store.append(rounds(start, 40_000, 1000))
  const full = store.stats().bytes
  pruneAll(store, start + 40_000_000, 4000)
  expect(statSync(file).size).toBeLessThan(full / 3)
  expect(store.stats().bytes).toBeLessThan(full / 3)
})

test('prune() keeps a file that writes and prunes at the same pace from growing', () => {
  const file = temporaryFile()
  const store = openTemporary(file)
  const pages: number[] = []
  for (let n = 0; n < 24; n++) {
    const from = start + n * 2000_000
    store.append(rounds(from, 2000, 1000))
    pruneAll(store, from + 2000_000, 4000)
    pages.push(Number(pagesOf(file)))
  }
  expect(Math.max(...pages.slice(12))).toBeLessThanOrEqual(1.1 * Math.max(...pages.slice(0, 12)))
})

/** The length of the database as SQLite sees it, log included. */
function pagesOf(file: string): unknown {
  const sqlite = new Database(file, { readonly: true })
  const pages = sqlite.pragma('page_count', { simple: true })
  sqlite.close()
  return pages
}

test('prune() of everything never lets a position go back', () => {
  const store = openTemporary()
  store.append(rounds(start, 100, 1000))
  const position = store.position()
  pruneAll(store, start + 100 * hour, 60)
  store.append(rounds(start + 100 * hour, 1, 1000))
  expect(store.since(position).points).toHaveLength(4)
})

test('append() below the pruned horizon keeps roll-ups and rounds of one mind', () => {
  const store = openTemporary()
  store.append(rounds(start, 600, 1000))
  const now = start + 600_000
  pruneAll(store, now, 60)
  store.append(rounds(start + 30_000, 2, 1000))
  const count = (buckets: number) =>
    store
      .query({ project: 'm', category: 'foo', from: start, to: start + hour, buckets })
      .series[0]?.count.reduce((sum, n) => sum + n)
  expect(count(1)).toBe(count(4000))
  pruneAll(store, now, 60)
  expect([count(1), count(4000)]).toEqual([60, 60])
})
