import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { openTemporary, startChild, temporaryFile } from './temporary.ts'

const numbersOf = (output: string) =>
  output
    .slice(0, output.lastIndexOf('\n') + 1)
    .split('\n')
    .filter(Boolean)
    .map(Number)

test('append() of three processes at once loses no point', async () => {
  const file = temporaryFile()
  openTemporary(file)
  const count = 400
  const children = [0, 1, 2].map((n) =>
    startChild('appender.ts', [file, 'shared', String(n * count), String(count)]),
  )
  expect(await Promise.all(children.map(({ ended }) => ended))).toEqual([0, 0, 0])
  const store = openTemporary(file)
  for (const buckets of [1, 3000]) {
    const { series } = store.query({ project: 'm', category: 'shared', from: 0, to: 3_600_000, buckets })
    expect(series.map(({ label }) => label)).toEqual(['a', 'b', 'c'])
    expect(series.map((one) => one.count.reduce((sum, n) => sum + n))).toEqual([1200, 1200, 1200])
  }
})

test('append() keeps every acknowledged round, whole and once, through eight kills', async () => {
  const file = temporaryFile()
  openTemporary(file)
  const acknowledged = new Set<number>()
  for (let kill = 0; kill < 8; kill++) {
    const { child, ended, output } = startChild('appender.ts', [file, 'foo', String(kill * 1_000_000)])
    while (output() === '') await sleep(5)
    await sleep(Math.random() * 150)
    child.kill('SIGKILL')
    await ended
    for (const n of numbersOf(output())) acknowledged.add(n)
  }
  expect(acknowledged.size).toBeGreaterThan(8)
  const store = openTemporary(file)
  const times = new Map<number, number>()
  for (let position = 0; ; ) {
    const next = store.since(position)
    if (next.position === position) break
    for (const { time, value } of next.points) {
      expect(value).toBe(time / 1000 + 0.5)
      times.set(time, (times.get(time) ?? 0) + 1)
    }
    position = next.position
  }
  for (const n of acknowledged) expect(times.get(n * 1000)).toBe(3)
  expect(new Set(times.values())).toEqual(new Set([3]))
  const { series } = store.query({ project: 'm', category: 'foo', from: 0, to: 1e11, buckets: 400 })
  expect(series[0]?.count.reduce((sum, n) => sum + n)).toBe(times.size)
})

test('append() refuses with a Problem while another process holds the database, then goes on', () => {
  const file = temporaryFile()
  const store = openTemporary(file, { busyTimeoutMs: 100 })
  const point = { project: 'm', category: 'foo', label: 'bar', time: 1000, value: 1 }
  const blocker = new Database(file)
  blocker.exec('BEGIN IMMEDIATE')
  expect(() => store.append([point])).toThrow(
    expect.objectContaining({ name: 'Problem', code: 'unavailable', message: expect.stringMatching(/busy/) }),
  )
  blocker.exec('ROLLBACK')
  blocker.close()
  expect(store.latest('m')).toEqual([])
  store.append([point])
  expect(store.latest('m')).toMatchObject([{ value: 1 }])
})
