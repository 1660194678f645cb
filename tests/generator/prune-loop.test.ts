import { expect, test } from 'vitest'
import type { RetentionPlan } from '../../common/retention-cost.ts'
import { pruneLoop } from '../../generator/prune-loop.ts'
import type { PruneOptions } from '../../store/types.ts'
import { FakeTime } from './support/fake-time.ts'
import { temporaryStore } from './support/temporary-store.ts'

const noon = Date.UTC(2026, 2, 28, 12)
const day = 86_400_000

/** A loop over a store with a point every ten minutes of the last two days, of which one day is kept. */
function setUp() {
  const store = temporaryStore()
  const time = new FakeTime(noon)
  const count = (2 * day) / 600_000
  store.append(
    Array.from({ length: count }, (_, index) => ({
      project: 'here',
      category: 'load',
      label: 'a',
      time: noon - index * 600_000,
      value: index,
    })),
  )
  const calls: { at: number; more: boolean; options: PruneOptions }[] = []
  const stop = new AbortController()
  const log: string[] = []
  let plan: RetentionPlan = { maxAgeSeconds: 86_400, fullResolutionSeconds: 86_400 }
  const watched = {
    ...store,
    prune(options: PruneOptions) {
      const more = store.prune(options)
      calls.push({ at: time.monotonic(), more, options })
      return more
    },
  }
  const done = pruneLoop({
    store: watched,
    clock: time,
    sleep: time.sleep,
    signal: stop.signal,
    retention: () => plan,
    log: (line) => log.push(line),
  })
  const end = async () => {
    stop.abort()
    await done
    expect(log.filter((line) => !line.includes('[Retention]'))).toEqual([])
  }
  const change = (next: RetentionPlan) => {
    plan = next
  }
  const oldest = () => store.catalogue('here')[0]?.firstTime ?? 0
  const left = () => store.since(0).points.length
  return { time, calls, end, oldest, left, change, log }
}

test('pruneLoop() removes what is too old, a few milliseconds at a time, then looks once a minute', async () => {
  const { time, calls, end, oldest } = setUp()
  await time.advance(10 * 60_000)
  await end()
  expect(oldest()).toBeGreaterThanOrEqual(noon - day)
  expect(oldest()).toBeLessThan(noon - day + 1_200_000)
  expect(calls.every(({ options }) => options.budgetMs === 5 && options.maxAgeSeconds === 86_400)).toBe(true)
  for (const [index, { at, more }] of calls.slice(0, -1).entries()) {
    expect((calls[index + 1]?.at ?? 0) - at).toBe(more ? 1000 : 60_000)
  }
})

test('pruneLoop() believes a clock that jumped ahead only after an hour', async () => {
  const { time, end, oldest } = setUp()
  await time.advance(120_000)
  time.set(30 * day)
  await time.advance(3_500_000)
  expect(oldest()).toBeLessThan(noon)
  time.set(-30 * day)
  await time.advance(3_600_000)
  await end()
  expect(oldest()).toBeGreaterThanOrEqual(noon - day)
  expect(oldest()).toBeLessThan(noon)
})

test('pruneLoop() prunes by a clock that stays where it jumped to', async () => {
  const { time, end, left } = setUp()
  await time.advance(120_000)
  time.set(30 * day)
  await time.advance(3_500_000)
  expect(left()).toBeGreaterThan(100)
  await time.advance(3_600_000)
  await end()
  expect(left()).toBeLessThanOrEqual(1)
})

test('pruneLoop() carries out a changed plan within seconds', async () => {
  const { time, calls, end, oldest, change } = setUp()
  await time.advance(10 * 60_000)
  const overrides = { load: { maxAgeSeconds: 3600 } }
  change({ maxAgeSeconds: 86_400, fullResolutionSeconds: 7200, overrides })
  await time.advance(6000)
  await end()
  expect(calls.at(-1)?.options).toMatchObject({ fullResolutionSeconds: 7200, overrides })
  expect(oldest()).toBeGreaterThanOrEqual(noon + 10 * 60_000 - 3_600_000)
})

test('pruneLoop() says once that no category has a name in the plan', async () => {
  const { time, end, change, log } = setUp()
  const plan = { maxAgeSeconds: 86_400, fullResolutionSeconds: 86_400 }
  change({ ...plan, overrides: { laod: { maxAgeSeconds: 3600 }, load: {} } })
  await time.advance(10 * 60_000)
  await end()
  expect(log).toEqual(['generator: [Retention] laod: no category has this name; did you mean "load"?'])
})
