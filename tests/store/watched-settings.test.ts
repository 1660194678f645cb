import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { WatchedSettings } from '../../store/watched-settings.ts'

const day = 86_400

/** The settings of a file that the test writes, and a clock that it turns. */
function watch(text: string) {
  const folder = mkdtempSync(join(tmpdir(), 'pocketstats-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'my.conf')
  const write = (next: string) => {
    writeFileSync(`${file}.new`, next)
    renameSync(`${file}.new`, file)
  }
  write(text)
  let monotonic = 0
  const clock = { now: () => monotonic, monotonic: () => monotonic }
  const log: string[] = []
  const watched = new WatchedSettings({
    args: ['--config', file],
    clock,
    log: (line) => log.push(line),
  })
  const pass = (ms: number) => {
    monotonic += ms
  }
  return { watched, write, pass, log, file }
}

test('WatchedSettings tells a changed plan within seconds, and the same object until then', () => {
  const { watched, write, pass } = watch('[Generator]\nMaxAge = 30d\n')
  const before = watched.plan()
  expect(before).toMatchObject({ maxAgeSeconds: 30 * day, overrides: {} })
  pass(5000)
  expect(watched.plan()).toBe(before)
  write('[Generator]\nMaxAge = 60d\n[Retention]\nload = 7d, 1d\n')
  pass(1000)
  expect(watched.plan()).toBe(before)
  pass(1000)
  expect(watched.plan()).toMatchObject({
    maxAgeSeconds: 60 * day,
    overrides: { load: { maxAgeSeconds: 7 * day, fullResolutionSeconds: day } },
  })
})

test('WatchedSettings says once what is wrong in a changed file and keeps what it had', () => {
  const { watched, write, pass, log, file } = watch('[Generator]\nMaxAge = 30d\n')
  write('[Generator]\n\nMaxAge = soon\n')
  for (let second = 0; second < 20; second++) {
    pass(1000)
    expect(watched.plan().maxAgeSeconds).toBe(30 * day)
  }
  expect(log).toHaveLength(1)
  expect(log[0]).toContain(`${file}:3: MaxAge = soon: expected a time`)
  write('[Generator]\nMaxAge = 2d\n')
  pass(2000)
  expect(watched.plan().maxAgeSeconds).toBe(2 * day)
})

test('WatchedSettings keeps what it had while the file is gone', () => {
  const { watched, write, pass, log, file } = watch('[Generator]\nMaxAge = 30d\n')
  rmSync(file)
  pass(2000)
  expect(watched.plan().maxAgeSeconds).toBe(30 * day)
  write('[Generator]\nMaxAge = 3d\n')
  pass(2000)
  expect(watched.plan().maxAgeSeconds).toBe(3 * day)
  expect(log).toEqual([])
})
