import { expect, test } from 'vitest'
import { ticks } from '../../generator/tick.ts'
import { FakeTime } from './support/fake-time.ts'

const noon = Date.UTC(2026, 2, 28, 12, 0, 0)

interface Round {
  grid: number
  /** When it was begun. */
  wall: number
  monotonic: number
}

/** Collects rounds in the background; `work` is done in each. */
function collect(time: FakeTime, stepMs: number, work: (grid: number) => void | Promise<void> = () => {}) {
  const rounds: Round[] = []
  const stop = new AbortController()
  const done = (async () => {
    for await (const grid of ticks({ clock: time, sleep: time.sleep, stepMs, signal: stop.signal })) {
      rounds.push({ grid, wall: time.now(), monotonic: time.monotonic() })
      await work(grid)
    }
  })()
  const end = async () => {
    stop.abort()
    await done
    return rounds
  }
  return { rounds, end, grids: () => rounds.map(({ grid }) => grid - noon) }
}

test('ticks() yields every moment of the grid, on time and for hours without drift', async () => {
  const time = new FakeTime(noon + 337)
  const { rounds, end } = collect(time, 1000, () => time.spend(0.7))
  await time.advance(2 * 3600 * 1000)
  await end()
  expect(rounds).toHaveLength(7200)
  for (const [index, { grid, wall }] of rounds.entries()) {
    expect(grid).toBe(noon + (index + 1) * 1000)
    expect(wall - grid).toBeLessThanOrEqual(1)
  }
})

test('ticks() skips what a stall missed and does not bunch afterwards', async () => {
  const time = new FakeTime(noon)
  const { rounds, end, grids } = collect(time, 1000)
  await time.advance(2000)
  await time.stall(5200)
  await time.advance(2000)
  await end()
  expect(grids()).toEqual([1000, 2000, 7000, 8000, 9000])
  for (const [index, { monotonic }] of rounds.entries()) {
    const before = rounds[index - 1]
    if (before) expect(monotonic - before.monotonic).toBeGreaterThanOrEqual(500)
  }
})

test('ticks() waits for the next moment when it woke too late for the last', async () => {
  const time = new FakeTime(noon)
  const { end, grids } = collect(time, 1000)
  await time.advance(1000)
  await time.stall(3800)
  await time.advance(1500)
  await end()
  expect(grids()).toEqual([1000, 5000, 6000])
})

test('ticks() still yields on a machine that always wakes too late', async () => {
  const time = new FakeTime(noon)
  const { end, grids } = collect(time, 1000)
  for (let i = 0; i < 8; i++) await time.stall(1700)
  await end()
  expect(grids().length).toBeGreaterThanOrEqual(4)
  expect(new Set(grids()).size).toBe(grids().length)
})

test('ticks() skips rounds while one takes longer than the step', async () => {
  const time = new FakeTime(noon)
  const { end, grids } = collect(time, 1000, (grid) => {
    if (grid === noon + 2000) time.spend(2400)
  })
  await time.advance(8000)
  await end()
  expect(grids()).toEqual([1000, 2000, 5000, 6000, 7000, 8000, 9000, 10000].filter((grid) => grid <= 8000))
})

test('ticks() follows a clock that is set back an hour at once', async () => {
  const time = new FakeTime(noon)
  const { end, grids } = collect(time, 1000)
  await time.advance(2500)
  time.set(-3600_000)
  await time.advance(2000)
  await end()
  expect(grids()).toEqual([1000, 2000, 3000 - 3600_000, 4000 - 3600_000])
})

test('ticks() follows a clock that is set forward an hour at once', async () => {
  const time = new FakeTime(noon)
  const { end, grids } = collect(time, 1000)
  await time.advance(2500)
  time.set(3600_000)
  await time.advance(2000)
  await end()
  expect(grids()).toEqual([1000, 2000, 3000 + 3600_000, 4000 + 3600_000])
})

test('ticks() does not run twice within half a step when the clock is set a little', async () => {
  for (const set of [-200, -700, 300, 800]) {
    const time = new FakeTime(noon)
    const { rounds, end } = collect(time, 1000)
    await time.advance(2050)
    time.set(set)
    await time.advance(5000)
    await end()
    const pauses = rounds.slice(1).map(({ monotonic }, index) => monotonic - (rounds[index]?.monotonic ?? 0))
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(500)
    expect(Math.max(...pauses)).toBeLessThan(2000)
  }
})

test('ticks() runs a first round at once on a slow grid, under the full second', async () => {
  const time = new FakeTime(noon + 20 * 60_000 + 250)
  const { end, grids } = collect(time, 3600_000)
  await time.advance(0)
  expect(grids()).toEqual([20 * 60_000])
  await time.advance(3600_000)
  await end()
  expect(grids()).toEqual([20 * 60_000, 3600_000])
})

test('ticks() stands on the grid of UTC whatever the zone does that night', async () => {
  const springForward = Date.UTC(2026, 2, 29, 1, 0, 0)
  const time = new FakeTime(springForward - 5000)
  const { rounds, end } = collect(time, 1000)
  await time.advance(10_000)
  await end()
  expect(rounds.map(({ grid }) => grid - springForward)).toEqual(
    Array.from({ length: 10 }, (_, index) => (index - 4) * 1000),
  )
})

test('ticks() ends at once when it is told to stop', async () => {
  const time = new FakeTime(noon + 1)
  const { end, grids } = collect(time, 1000)
  await end()
  expect(grids()).toEqual([])
})
