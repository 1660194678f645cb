import { expect, test } from 'vitest'
import { undeclared } from '../../common/declaration.ts'
import { usedTimesOf } from '../../generator/used-times.ts'
import type { Store } from '../../store/types.ts'
import { temporaryStore } from './support/temporary-store.ts'

const start = Date.UTC(2026, 0, 5)
const own = new Set(['load'])

const put = (store: Store, time: number, category = 'load') =>
  store.append([{ project: 'here', category, label: 'a', time, value: 1 }])

test('take() gives the moment itself as long as time goes on', () => {
  const used = usedTimesOf(temporaryStore(), 'here', own)
  expect([0, 1000, 5000].map((ms) => used.take(start + ms) - start)).toEqual([0, 1000, 5000])
})

test('take() gives a millisecond later for a moment that is stored, two the second time', () => {
  const store = temporaryStore()
  const used = usedTimesOf(store, 'here', own)
  for (const expected of [0, 1, 2]) {
    const time = used.take(start)
    expect(time - start).toBe(expected)
    put(store, time)
    used.take(start + 60_000)
  }
})

test('take() gives the moment itself where an earlier pass left it free', () => {
  const store = temporaryStore()
  const used = usedTimesOf(store, 'here', own)
  put(store, used.take(start))
  put(store, used.take(start + 2000))
  expect(used.take(start + 1000)).toBe(start + 1000)
})

test('take() knows after a restart what was stored before, and minds only its own categories', () => {
  const store = temporaryStore()
  store.declare('here', 'empty', { ...undeclared })
  put(store, start)
  put(store, start + 1)
  put(store, start + 5000)
  put(store, start + 2000, 'somebody else')
  const used = usedTimesOf(store, 'here', own)
  expect(used.take(start)).toBe(start + 2)
  expect(used.take(start + 2000)).toBe(start + 2000)
  expect(used.take(start + 5000)).toBe(start + 5001)
  expect(used.take(start + 6000)).toBe(start + 6000)
})

test('take() knows the times of rounds that wait to be stored', () => {
  const store = temporaryStore()
  const used = usedTimesOf(store, 'here', own, (from, to) =>
    [start + 1, start].find((at) => at >= from && at <= to),
  )
  put(store, start)
  used.take(start + 60_000)
  expect(used.take(start)).toBe(start + 2)
  expect(used.take(start + 1000)).toBe(start + 1000)
})
