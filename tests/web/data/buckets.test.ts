// The app's loading of buckets against the real server and the real store; only the network between them is left out.

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Catalogue, LivePoints } from '../../../common/wire.ts'
import { Buckets } from '../../../web/data/buckets.ts'
import { endOf, type Holding } from '../../../web/data/holding.ts'
import { View } from '../../../web/view/view.ts'
import { type TestApp, testApp } from '../../server/support/test-app.ts'

const second = 1000
const minute = 60 * second

let app: TestApp
let view: View
let buckets: Buckets
let asked: URL[]
let changes: string[][]
let failures: unknown[]
let project: string
let now: number
/** Held requests: each waits until the test lets it go. */
let gate: Promise<void> | null
/** Whether the app may fetch ahead. */
let ahead: boolean

async function catalogue(): Promise<Catalogue> {
  const response = await app.request(`/api/v1/catalogue?project=${project}`)
  return (await response.json()) as Catalogue
}

function append(category: string, times: readonly number[], label = 'value'): void {
  app.store.append(times.map((time) => ({ project, category, label, time, value: time / second })))
}

const everySecond = (from: number, to: number): number[] =>
  Array.from({ length: (to - from) / second }, (_, index) => from + index * second)

const settled = (): Promise<void> => vi.waitFor(() => expect(buckets.idle).toBe(true), { timeout: 10_000 })

const held = (category: string): Holding => {
  const holding = buckets.holding(category)
  if (!holding) throw new Error(`nothing is held of ${category}`)
  return holding
}

const sumOfCounts = ({ columns, length }: Holding): number =>
  [...columns.values()].reduce(
    (sum, { count }) => sum + count.subarray(0, length).reduce((a, b) => a + b, 0),
    0,
  )

beforeEach(async () => {
  app = testApp()
  now = app.clock.time
  project = app.appStore.machineProject('nas').key
  const declaration = { help: '', unit: '', graph: true, min: null, max: null }
  for (const [name, everySeconds] of [
    ['fast', 1],
    ['slow', 5],
  ] as const) {
    app.store.declare(project, name, { ...declaration, everySeconds })
  }
  append('fast', everySecond(now - 30 * minute, now))
  append(
    'slow',
    everySecond(now - 30 * minute, now).filter((time) => time % (5 * second) === 0),
  )
  asked = []
  changes = []
  failures = []
  gate = null
  ahead = false
  vi.stubGlobal('fetch', async (address: string, { signal }: RequestInit) => {
    asked.push(new URL(address, 'http://nas'))
    await gate
    signal?.throwIfAborted()
    return app.request(address)
  })
  view = new View({ from: now - 10 * minute, to: now, live: true, cursor: null }, now)
  buckets = new Buckets({
    view,
    pixels: () => 380,
    changed: (categories) => changes.push([...categories]),
    failed: (error) => failures.push(error),
    loaded: () => {},
    ahead: () => ahead,
  })
})

afterEach(() => {
  vi.unstubAllGlobals()
  expect(failures).toEqual([])
})

async function open(): Promise<void> {
  buckets.setNear(new Set(['fast']))
  buckets.setCatalogue(project, (await catalogue()).categories)
  await settled()
}

describe('Buckets', () => {
  test('asks for the cards on the screen first, then for the others, and for no more buckets than pixels', async () => {
    await open()
    expect(asked.map((url) => url.searchParams.getAll('category'))).toEqual([['fast'], ['slow']])
    for (const url of asked) expect(Number(url.searchParams.get('buckets'))).toBeLessThanOrEqual(380)
    expect(held('fast').length).toBeLessThanOrEqual(380)
    expect(held('fast').from).toBeLessThanOrEqual(view.state.from)
    expect(endOf(held('fast'))).toBeGreaterThanOrEqual(now)
  })

  test('asks for the new edge alone when the window is panned, and for nothing when it comes back', async () => {
    await open()
    asked = []
    view.pan(-2 * minute)
    await settled()
    const spans = asked.map(
      ({ searchParams }) => Number(searchParams.get('to')) - Number(searchParams.get('from')),
    )
    expect(asked).toHaveLength(2)
    for (const span of spans) expect(span).toBeLessThan(3 * minute)
    expect(held('slow').from).toBeLessThanOrEqual(view.state.from)
    asked = []
    view.pan(2 * minute)
    await settled()
    expect(asked).toEqual([])
  })

  test('has every point once after panning back and forth', async () => {
    await open()
    for (const step of [-3.1, -4.7, 2.3, -6.9]) {
      view.pan(step * minute)
      await settled()
    }
    const { from, to } = { from: held('fast').from, to: endOf(held('fast')) }
    expect(sumOfCounts(held('fast'))).toBe(
      Math.min(to, now) / second - Math.max(from, now - 30 * minute) / second,
    )
    const slow = { from: held('slow').from, to: endOf(held('slow')) }
    expect(sumOfCounts(held('slow'))).toBe(
      Math.ceil(Math.min(slow.to, now) / 5000) - Math.max(slow.from, now - 30 * minute) / 5000,
    )
  })

  test('asks for finer buckets when the window is zoomed in and keeps what is there until they come', async () => {
    await open()
    const coarse = held('fast')
    const { promise, resolve } = Promise.withResolvers<void>()
    gate = promise
    view.zoom(0.1, now - 5 * minute)
    await vi.waitFor(() => expect(asked).toHaveLength(3))
    expect(held('fast')).toBe(coarse)
    resolve()
    await settled()
    expect(held('fast').stepMs).toBeLessThan(coarse.stepMs)
  })

  test('aborts a request that the window no longer waits for', async () => {
    await open()
    const { promise, resolve } = Promise.withResolvers<void>()
    gate = promise
    view.zoom(0.1, now - 5 * minute)
    await vi.waitFor(() => expect(asked).toHaveLength(3))
    view.zoom(20, now - 5 * minute)
    await vi.waitFor(() => expect(asked).toHaveLength(4))
    resolve()
    await settled()
    expect(held('fast').stepMs).toBe(5 * second)
  })

  test('grows with live points and asks for nothing meanwhile', async () => {
    await open()
    asked = []
    const { id } = (await catalogue()).categories[0]?.series[0] ?? { id: 0 }
    const points: LivePoints = everySecond(now, now + minute).map((time) => ({ time, values: { [id]: 7 } }))
    for (const point of points) {
      view.follow(point.time)
      buckets.add([point])
    }
    await settled()
    expect(asked).toEqual([])
    const { columns, from, stepMs } = held('fast')
    const last = (now + minute - second - from) / stepMs
    expect(columns.get(id)?.mean[Math.floor(last)]).toBe(7)
    expect(columns.get(id)?.count[Math.floor(last)]).toBe(stepMs / second)
  })

  test('keeps live points that come while an answer is under way', async () => {
    await open()
    const { id } = (await catalogue()).categories[0]?.series[0] ?? { id: 0 }
    const { promise, resolve } = Promise.withResolvers<void>()
    gate = promise
    asked = []
    buckets.reload()
    await vi.waitFor(() => expect(asked).toHaveLength(1))
    buckets.add([{ time: now, values: { [id]: 99 } }])
    resolve()
    await settled()
    const { columns, from, stepMs } = held('fast')
    expect(columns.get(id)?.max[Math.floor((now - from) / stepMs)]).toBe(99)
  })

  test('asks again for the time in which live points may have been missed, and for no more', async () => {
    await open()
    append('fast', [now])
    asked = []
    buckets.doubt(now - second)
    await settled()
    expect(asked).toHaveLength(2)
    for (const { searchParams } of asked) {
      expect(Number(searchParams.get('to')) - Number(searchParams.get('from'))).toBeLessThan(30 * second)
    }
    const { from, to } = { from: held('fast').from, to: now + second }
    expect(sumOfCounts(held('fast'))).toBe((to - from) / second)
  })

  test('shows what was seen before at once, and asks for no more of it than came meanwhile', async () => {
    await open()
    const whole = sumOfCounts(held('fast'))
    view.show(now - 25 * minute, now - 24 * minute)
    await settled()
    append('fast', everySecond(now, now + 3 * second))
    view.follow(now + 3 * second)
    asked = []
    const { promise, resolve } = Promise.withResolvers<void>()
    gate = promise
    view.goLive(10 * minute)
    await vi.waitFor(() => expect(asked).toHaveLength(1))
    expect(sumOfCounts(held('fast'))).toBe(whole)
    expect(held('fast').from).toBeLessThanOrEqual(view.state.from)
    resolve()
    await settled()
    expect(sumOfCounts(held('fast'))).toBe(whole + 3)
    for (const { searchParams } of asked) {
      expect(Number(searchParams.get('to')) - Number(searchParams.get('from'))).toBeLessThan(30 * second)
    }
  })

  test('shows nothing put aside that late points have changed', async () => {
    await open()
    view.show(now - 25 * minute, now - 24 * minute)
    await settled()
    buckets.reloadSpan({ from: now - 5 * minute, to: now - 5 * minute + 1 })
    asked = []
    view.goLive(10 * minute)
    await settled()
    const [first] = asked
    expect(Number(first?.searchParams.get('from'))).toBeLessThanOrEqual(view.state.from)
  })

  test('fetches what lies beside the window when nothing is missing, for the cards on the screen', async () => {
    ahead = true
    view.show(now - 15 * minute, now - 10 * minute)
    await open()
    await vi.waitFor(() => expect(endOf(held('fast'))).toBeGreaterThanOrEqual(now - 5 * minute), 10_000)
    expect(held('fast').from).toBeLessThanOrEqual(now - 20 * minute)
    expect(held('slow').from).toBeGreaterThan(now - 16 * minute)
    asked = []
    view.pan(-4 * minute)
    await vi.waitFor(() => expect(asked.length).toBeGreaterThan(0))
    expect(asked[0]?.searchParams.getAll('category')).toEqual(['slow'])
    ahead = false
    await settled()
  })

  test('does not grow for ever', async () => {
    await open()
    const { id } = (await catalogue()).categories[0]?.series[0] ?? { id: 0 }
    for (let time = now; time < now + 5 * 60 * minute; time += second) {
      view.follow(time)
      buckets.add([{ time, values: { [id]: 1 } }])
    }
    await settled()
    const { length, stepMs } = held('fast')
    expect(length * stepMs).toBeLessThan(65 * minute)
    expect(held('fast').from).toBeLessThanOrEqual(view.state.from)
  })

  test('asks again for what late points changed', async () => {
    await open()
    append('fast', [now - 5 * minute], 'late')
    buckets.setCatalogue(project, (await catalogue()).categories)
    buckets.reloadSpan({ from: now - 5 * minute, to: now - 5 * minute + 1 })
    await settled()
    expect(held('fast').columns.size).toBe(2)
  })

  test('forgets everything when another project is shown', async () => {
    await open()
    buckets.setCatalogue('other', [])
    expect(buckets.holding('fast')).toBeUndefined()
  })
})
