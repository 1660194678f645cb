import { expect, test } from 'vitest'
import { openTemporary } from './temporary.ts'

const start = Date.UTC(2026, 0, 31)
const dayMs = 86_400_000

test('removeProject() hides a project at once, frees its history, and leaves all others and a successor alone', () => {
  const store = openTemporary()
  const points = (project: string) =>
    Array.from({ length: 5000 }, (_, i) => ({
      project,
      category: 'c',
      label: 'l',
      time: start + i * 1000,
      value: i,
    }))
  store.append([...points('gone'), ...points('stays')])
  store.declare(
    'gone',
    'c',
    { help: 'h', unit: 'W', graph: true, everySeconds: 1, min: 0, max: 9 },
    { l: { unit: 'V', min: 1, max: 2 } },
  )
  store.sealAll()
  store.append([{ project: 'gone', category: 'late', label: 'l', time: start, value: 1 }])

  expect(store.removeProject('gone')).toBe(true)
  expect(store.removeProject('gone')).toBe(false)
  expect(store.projects()).toEqual(['stays'])
  expect(store.catalogue('gone')).toEqual([])
  expect(store.series('gone').count()).toBe(0)

  const chunks = store.chunkCount()
  store.append([{ project: 'gone', category: 'c', label: 'l', time: start + 1, value: 7 }])
  for (let hour = 0; hour < 3; hour++) {
    const options = {
      now: start + 7200_000 + hour * 3_600_000,
      maxAgeSeconds: (365 * dayMs) / 1000,
      budgetMs: 50,
    }
    while (store.prune(options));
  }
  expect(store.chunkCount()).toBeLessThan(chunks)
  expect(store.latest('gone').map(({ value }) => value)).toEqual([7])
  expect(store.catalogue('gone')[0]).toMatchObject({ name: 'c', help: '', unit: '' })
  expect([...store.points('stays', 'c', start, start + dayMs)].flat()).toHaveLength(5000)
  expect([...store.check()].filter((found) => found !== null)).toEqual([])
})
