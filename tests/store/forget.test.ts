import { expect, test } from 'vitest'
import { undeclared } from '../../common/declaration.ts'
import type { Store } from '../../store/types.ts'
import { openTemporary, temporaryFile } from './temporary.ts'

const day = 86_400_000
const now = 20_000 * day

const point = (project: string, category: string, label: string, time: number) => ({
  project,
  category,
  label,
  time,
  value: 1,
})

/** Two hours of pruning: the catalogue is looked through when an hour is over. */
function pruneForHours(store: Store): void {
  for (const hoursAgo of [1, 0]) {
    store.prune({ now: now - hoursAgo * 3_600_000, maxAgeSeconds: 3600, budgetMs: 1000 })
  }
}

test('prune() takes out of the catalogue what nobody declared and has no point left', () => {
  const file = temporaryFile()
  const store = openTemporary(file)
  const other = openTemporary(file)
  store.append([
    point('gone', 'foo', 'bar', now - day),
    point('m', 'gone', 'x', now - day),
    point('m', 'foo', 'gone', now - day),
    point('m', 'foo', 'here', now - 1000),
  ])
  expect(other.projects()).toEqual(['gone', 'm'])
  pruneForHours(store)
  for (const each of [store, other]) {
    expect(each.projects()).toEqual(['m'])
    expect(each.catalogue('m').map(({ name, series }) => [name, series.map(({ label }) => label)])).toEqual([
      ['foo', ['here']],
    ])
  }
})

test('prune() keeps what was declared or fails, with or without points', () => {
  const store = openTemporary()
  const line = { unit: 'V', min: null, max: null }
  store.declare('m', 'declared', { ...undeclared, help: 'Volts.' })
  store.declare('m', 'lines', undeclared, { a: line })
  store.report('m', 'failing', 'no sensor', now)
  store.append([point('m', 'lines', 'a', now - day), point('m', 'lines', 'b', now - day)])
  pruneForHours(store)
  expect(store.catalogue('m').map(({ name, series }) => [name, series.length])).toEqual([
    ['declared', 0],
    ['lines', 1],
    ['failing', 0],
  ])
})

test('append() of another process to a series that was taken out makes it anew', () => {
  const file = temporaryFile()
  const store = openTemporary(file)
  const other = openTemporary(file)
  other.append([point('m', 'foo', 'bar', now - day), point('m', 'foo', 'here', now)])
  pruneForHours(store)
  other.append([point('m', 'foo', 'bar', now)])
  expect(store.latest('m')).toMatchObject([{ label: 'here' }, { label: 'bar', time: now }])
})

test('prune() leaves a series alone that was declared a moment ago', () => {
  const store = openTemporary()
  store.declare('m', 'memory', undeclared, { RAM: { unit: null, min: null, max: null } })
  store.prune({ now, maxAgeSeconds: 3600, budgetMs: 1000 })
  expect(store.catalogue('m')).toMatchObject([{ series: [{ label: 'RAM' }] }])
})
