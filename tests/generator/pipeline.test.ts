// From a /proc of the test's own, on a clock that the test turns, through the whole generator into a real store.

import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { parseSettings } from '../../common/settings.ts'
import { createGenerator } from '../../generator/generator.ts'
import { FakeTime } from './support/fake-time.ts'
import { fixtureStatfs, fixtures } from './support/fixture.ts'
import { storedIn, type TemporaryStore, temporaryFolder, temporaryStore } from './support/temporary-store.ts'

const noon = Date.UTC(2026, 2, 28, 12, 0, 0)
const gathers = join(import.meta.dirname, '..', '..', 'generator', 'gathers')

interface Start {
  settings?: string
  wall?: number
  store?: TemporaryStore
  folder?: string
  isWatched?: () => boolean
}

/** A desktop whose files the test may change, and the generator running on it. */
async function start({
  settings = '',
  wall = noon,
  store = temporaryStore(),
  folder,
  isWatched = () => true,
}: Start = {}) {
  const machine = folder ?? temporaryFolder()
  if (!folder) cpSync(join(fixtures, 'proc-desktop'), machine, { recursive: true, verbatimSymlinks: true })
  const time = new FakeTime(wall)
  const log: string[] = []
  const generator = await createGenerator({
    settings: parseSettings({ text: settings, file: 'settings.conf', env: {} }),
    store,
    project: 'here',
    clock: time,
    sleep: time.sleep,
    log: (line) => log.push(line),
    gathers,
    processes: () => [{ name: 'generator', pid: 4321 }],
    isWatched,
    facts: async () => ({ processor: 'Quick One, 4 cores' }),
    roots: { procRoot: join(machine, 'proc'), sysRoot: join(machine, 'sys'), statfs: fixtureStatfs },
  })
  const stop = new AbortController()
  let storedRounds = 0
  const running = generator.run(stop.signal, () => {
    storedRounds += 1
  })
  return {
    time,
    log,
    store,
    folder: machine,
    storedRounds: () => storedRounds,
    edit(path: string, change: (text: string) => string) {
      const file = join(machine, path)
      writeFileSync(file, change(readFileSync(file, 'utf8')))
    },
    async end() {
      stop.abort()
      await running
    },
  }
}

const replace = (from: string, to: string) => (text: string) => {
  expect(text).toContain(from)
  return text.replace(from, to)
}

test('the generator stores a machine’s categories with their declarations after its first round', async () => {
  const { time, store, log, storedRounds, end } = await start()
  await time.advance(1500)
  expect(storedRounds()).toBe(1)
  await time.advance(3000)
  await end()
  expect(storedRounds()).toBe(1)
  const catalogue = store.catalogue('here')
  expect(catalogue.slice(0, 9).map(({ name }) => name)).toEqual([
    ...[
      'processors',
      'load',
      'temperatures',
      'memory',
      'storage',
      'network',
      'disk I/O',
      'uptime',
      'pocketstats',
    ],
  ])
  expect(catalogue.find(({ name }) => name === 'memory')).toMatchObject({
    unit: 'byte',
    graph: true,
    everySeconds: 1,
    min: 0,
    error: null,
    series: [
      { label: 'RAM', unit: 'byte', min: 0, max: 16303428 * 1024 },
      { label: 'swap', unit: 'byte', min: 0, max: 8388604 * 1024 },
    ],
  })
  expect(catalogue.find(({ name }) => name === 'storage')).toMatchObject({ graph: false, everySeconds: 10 })
  expect(catalogue.find(({ name }) => name === 'temperatures')).toMatchObject({
    min: 35,
    max: 100,
    everySeconds: 5,
  })
  expect(storedIn(store, 'load')).toContainEqual(['1 min', noon + 1000, 1.52])
  expect(log).toEqual([])
})

test('the generator turns counters of /proc into rates, share by share and byte by byte', async () => {
  const { time, store, edit, end } = await start()
  await time.advance(1000)
  edit('proc/stat', replace('cpu0 52010 1500 18020 718800', 'cpu0 52040 1500 18020 718870'))
  edit('proc/net/dev', replace('eth0: 8123456789', 'eth0: 8123460885'))
  edit('proc/diskstats', replace('nvme0n1 812044 120331 61203400', 'nvme0n1 812044 120331 61203408'))
  await time.advance(1000)
  await end()
  expect(storedIn(store, 'processors')).toEqual([['core 0', noon + 2000, 30]])
  expect(storedIn(store, 'network')).toContainEqual(['eth0 received', noon + 2000, 4096])
  expect(storedIn(store, 'network')).toContainEqual(['eth0 sent', noon + 2000, 0])
  expect(storedIn(store, 'disk I/O')).toContainEqual(['nvme0n1 read', noon + 2000, 8 * 512])
})

test('the generator draws no spike over a reboot, which changes the boot id and begins the counters anew', async () => {
  const { time, store, edit, end } = await start()
  await time.advance(2000)
  edit('proc/sys/kernel/random/boot_id', () => 'another boot\n')
  edit('proc/net/dev', replace('eth0: 8123456789', 'eth0: 9999999999'))
  await time.advance(1000)
  edit('proc/net/dev', replace('eth0: 9999999999', 'eth0: 10000000499'))
  await time.advance(1000)
  await end()
  const received = storedIn(store, 'network').filter(([label]) => label === 'eth0 received')
  expect(received).toEqual([
    ['eth0 received', noon + 2000, 0],
    ['eth0 received', noon + 4000, 500],
  ])
})

test('the generator goes on with the rest when a part of /proc vanishes or cannot be understood', async () => {
  const { time, store, edit, folder, log, end } = await start()
  await time.advance(2000)
  edit('proc/loadavg', () => 'soup\n')
  rmSync(join(folder, 'proc', 'diskstats'))
  await time.advance(3000)
  await end()
  const load = store.catalogue('here').find(({ name }) => name === 'load')
  expect(load?.error?.message).toBe('1 min is NaN, not a number')
  expect(log).toEqual(['generator: load fails: 1 min is NaN, not a number'])
  expect(storedIn(store, 'memory').filter(([label]) => label === 'RAM')).toHaveLength(5)
})

test('the generator stores slower gathers at their own multiples and everything on the grid of Timestep', async () => {
  const { time, store, end } = await start({ settings: '[Generator]\nTimestep = 4s\n' })
  await time.advance(60_000)
  await end()
  const times = (category: string) => [
    ...new Set(storedIn(store, category).map(([, at]) => (at - noon) / 1000)),
  ]
  expect(times('load')).toEqual([0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 44, 48, 52, 56, 60])
  expect(times('temperatures')).toEqual([0, 8, 16, 24, 32, 40, 48, 56])
  expect(times('storage')).toEqual([0, 12, 24, 36, 48, 60])
  expect(store.catalogue('here').find(({ name }) => name === 'storage')?.everySeconds).toBe(12)
})

test('the generator leaves out disabled gathers and ends the failures that nobody gathers any more', async () => {
  const store = temporaryStore()
  store.report('here', 'load', 'left by an earlier run', noon - 5000)
  store.report('here', 'memory', 'left by an earlier run', noon - 5000)
  const { time, log, end } = await start({ store, settings: '[Generator]\nDisabledGathers = load, uptine\n' })
  await time.advance(2000)
  await end()
  const catalogue = store.catalogue('here')
  expect(storedIn(store, 'load')).toEqual([])
  expect(catalogue.filter(({ error }) => error !== null)).toEqual([])
  expect(log).toEqual([
    'generator: DisabledGathers: there is no gather "uptine"; did you mean "uptime"?',
    'generator: memory works again',
  ])
})

test('the generator replaces nothing when it is started again on a clock that was set back', async () => {
  const first = await start()
  await first.time.advance(5000)
  await first.end()
  const { store, folder } = first
  const before = storedIn(store, 'load')
  const second = await start({ store, folder, wall: noon + 1500 })
  second.edit('proc/loadavg', replace('1.52', '9.75'))
  await second.time.advance(2000)
  await second.end()
  const after = storedIn(store, 'load')
  expect(after).toEqual(expect.arrayContaining(before))
  expect(after.filter(([label]) => label === '1 min').slice(-2)).toEqual([
    ['1 min', noon + 2001, 9.75],
    ['1 min', noon + 3001, 9.75],
  ])
})

test('the generator adds what the machine is to the words about a category once it is known', async () => {
  const { time, store, end } = await start()
  await time.advance(15_000)
  await end()
  const processors = store.catalogue('here').find(({ name }) => name === 'processors')
  expect(processors?.help).toBe(
    'How busy the processor is: all of it, and each of its cores. Quick One, 4 cores.',
  )
})

test('the generator is ready when its first round is stored, and has kept all rounds until then', async () => {
  const store = temporaryStore()
  const { time, log, storedRounds, end } = await start({ store })
  const other = new Database(store.file)
  other.exec('BEGIN IMMEDIATE')
  await time.advance(4000)
  expect(storedRounds()).toBe(0)
  other.exec('COMMIT')
  other.close()
  await time.advance(4000)
  expect(storedRounds()).toBe(1)
  await end()
  const times = storedIn(store, 'load').flatMap(([label, at]) => (label === '1 min' ? [at - noon] : []))
  expect(times).toEqual([1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000])
  expect(log).toHaveLength(2)
})

test('the generator orders its own rows as it lists them, also those whose first values come later', async () => {
  const { time, store, end } = await start()
  await time.advance(6500)
  const own = store.catalogue('here').find(({ name }) => name === 'pocketstats')
  const labels = own?.series.map(({ label, unit }) => `${label} ${unit}`.trim()) ?? []
  expect(labels.slice(0, 6)).toEqual([
    ...['generator memory byte', 'server memory byte', 'database size byte', 'rows written rows/s'],
    ...['processors: time s', 'processors: success'],
  ])
  const names = labels.flatMap((label) =>
    label.split(': time')[1] === undefined ? [] : [label.split(':')[0]],
  )
  expect(names).toEqual(store.catalogue('here').map(({ name }) => name))
  await end()
})

/** Seconds after noon for which a load is stored. */
const loadSeconds = (store: TemporaryStore): number[] =>
  storedIn(store, 'load').flatMap(([label, at]) => (label === '1 min' ? [(at - noon) / 1000] : []))

const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1)

test('the generator commits every CommitInterval while nobody looks, and every round as soon as somebody does', async () => {
  let isWatched = false
  const { time, store, storedRounds, end } = await start({ isWatched: () => isWatched })
  await time.advance(1500)
  expect(storedRounds()).toBe(1)
  expect(loadSeconds(store)).toEqual([1])
  await time.advance(4000)
  expect(loadSeconds(store)).toEqual([1])
  await time.advance(1000)
  expect(loadSeconds(store)).toEqual(upTo(6))
  await time.advance(2000)
  isWatched = true
  await time.advance(1000)
  expect(loadSeconds(store)).toEqual(upTo(9))
  await time.advance(1000)
  expect(loadSeconds(store)).toEqual(upTo(10))
  await end()
})

test('the generator writes what it kept when it is stopped', async () => {
  const { time, store, end } = await start({
    settings: '[Generator]\nCommitInterval = 10min\n',
    isWatched: () => false,
  })
  await time.advance(8500)
  expect(loadSeconds(store)).toEqual([1])
  await end()
  expect(loadSeconds(store)).toEqual(upTo(8))
})

test('the generator commits every round when CommitInterval is 0', async () => {
  const { time, store, end } = await start({
    settings: '[Generator]\nCommitInterval = 0\n',
    isWatched: () => false,
  })
  await time.advance(500)
  for (const second of [1, 2, 3]) {
    await time.advance(1000)
    expect(loadSeconds(store)).toEqual(upTo(second))
  }
  await end()
})

test('the generator replaces nothing that it keeps when the clock is set back', async () => {
  const { time, store, edit, end } = await start({
    settings: '[Generator]\nCommitInterval = 10min\n',
    isWatched: () => false,
  })
  await time.advance(5500)
  edit('proc/loadavg', replace('1.52', '9.75'))
  time.set(-3000)
  await time.advance(2000)
  await end()
  const loads = storedIn(store, 'load').filter(([label]) => label === '1 min')
  expect(loads.map(([, at, value]) => [at - noon, value])).toEqual([
    ...upTo(5).map((second) => [second * 1000, 1.52]),
    [3001, 9.75],
    [4001, 9.75],
  ])
})

test('the generator says how many points are lost when it has to stop while nothing can be stored', async () => {
  const { time, store, log, end } = await start()
  await time.advance(1500)
  const other = new Database(store.file)
  other.exec('BEGIN IMMEDIATE')
  await time.advance(2000)
  await end()
  other.exec('COMMIT')
  other.close()
  expect(log).toEqual([
    expect.stringMatching(/^generator: cannot store: .* busy/),
    expect.stringMatching(/^generator: \d+ points could not be stored$/),
  ])
})

test('the generator prunes by MaxAge', async () => {
  const store = temporaryStore()
  const old = { project: 'here', category: 'load', label: '1 min', value: 1 }
  store.append([
    { ...old, time: noon - 366 * 86_400_000 },
    { ...old, time: noon - 364 * 86_400_000 },
  ])
  const { time, end } = await start({ store })
  await time.advance(3000)
  await end()
  expect(store.catalogue('here')[0]?.firstTime).toBe(noon - 364 * 86_400_000)
})
