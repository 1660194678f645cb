// Who fills the log faster than it is sealed does some of the sealing, but not with every single point.

import { expect, test } from 'vitest'
import { openTemporary } from '../temporary.ts'

test('help() seals where many points wait and nobody else does, and not for a single point', () => {
  const store = openTemporary()
  const append = (from: number, count: number): void =>
    store.append(
      Array.from({ length: count }, (_, i) => ({
        ...{ project: 'p', category: `c${i % 50}`, label: 'l', time: (from + i) * 1000, value: i },
      })),
    )
  const batch = 10_000
  for (let from = 0; from < 390_000; from += batch) append(from, batch)
  expect(store.chunkCount()).toBe(0)
  for (let from = 390_000; from < 450_000; from += batch) append(from, batch)
  const sealed = store.chunkCount()
  expect(sealed).toBeGreaterThan(0)
  for (let i = 0; i < 10; i++) append(450_000 + i, 1)
  expect(store.chunkCount()).toBe(sealed)
  append(460_000, batch)
  expect(store.chunkCount()).toBeGreaterThan(sealed)
})
