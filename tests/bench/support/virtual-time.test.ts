import { expect, test } from 'vitest'
import { VirtualTime } from '../../../bench/support/virtual-time.ts'

test('pass() wakes sleepers in order of their time, at their time', async () => {
  const time = new VirtualTime(1000)
  const woken: [string, number][] = []
  const sleeps = async (name: string, ms: number, times: number) => {
    for (let i = 0; i < times; i++) {
      await time.sleep(ms)
      woken.push([name, time.clock.now()])
    }
  }
  void sleeps('slow', 250, 2)
  void sleeps('fast', 100, 5)
  await time.pass(500)
  expect(woken).toEqual([
    ['fast', 1100],
    ['fast', 1200],
    ['slow', 1250],
    ['fast', 1300],
    ['fast', 1400],
    ['slow', 1500],
    ['fast', 1500],
  ])
})

test('pass() leaves the clock at its end, and later sleepers asleep', async () => {
  const time = new VirtualTime(0)
  let isAwake = false
  void time.sleep(2000).then(() => {
    isAwake = true
  })
  await time.pass(1000)
  expect([time.clock.now(), time.clock.monotonic(), isAwake]).toEqual([1000, 1000, false])
  await time.pass(1000)
  expect(isAwake).toBe(true)
})

test('sleep() ends at once when its signal aborts', async () => {
  const time = new VirtualTime(0)
  const stop = new AbortController()
  const asleep = time.sleep(1_000_000, stop.signal)
  stop.abort()
  await asleep
  expect(time.clock.now()).toBe(0)
})

test('pass() tells how long the work after a wake took', async () => {
  const time = new VirtualTime(0)
  const told: number[] = []
  void time.sleep(10)
  void time.sleep(20)
  await time.pass(100, (ms) => told.push(ms))
  expect(told).toHaveLength(2)
})
