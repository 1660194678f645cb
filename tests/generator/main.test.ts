import { writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openAppStore } from '../../store/app.ts'
import { openStore } from '../../store/open.ts'
import { startGenerator } from './support/generator-process.ts'
import { storedIn, temporaryFolder } from './support/temporary-store.ts'

/** Waits for a condition, however slow the machine is. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 50))
}

function readAll(folder: string) {
  const appStore = openAppStore({ file: join(folder, 'app.db') })
  const store = openStore({ file: join(folder, 'data.db') })
  const [project] = appStore.projects()
  const processes = appStore.processes()
  const catalogue = project ? store.catalogue(project.key) : []
  const memory = project ? storedIn(store, 'memory', project.key) : []
  store.close()
  appStore.close()
  return { project, processes, catalogue, memory }
}

test('generator gathers this machine until SIGTERM, then ends with 0 at once', async () => {
  const folder = temporaryFolder()
  const generator = startGenerator(folder, { env: { POCKETSTATS_GENERATOR_COMMITINTERVAL: '0' } })
  await generator.ready
  await until(() => readAll(folder).memory.length >= 3)
  const asked = performance.now()
  generator.child.kill('SIGTERM')
  expect(await generator.ended).toBe(0)
  expect(performance.now() - asked).toBeLessThan(5000)
  expect(generator.stdout()).toMatch(/^generator: \d+ gathers every 1 s into .*data\.db\n$/)
  expect(generator.stderr()).toBe('')

  const { project, processes, catalogue, memory } = readAll(folder)
  expect(project).toMatchObject({ name: hostname(), kind: 'machine' })
  expect(processes).toMatchObject([{ name: 'generator', pid: generator.child.pid }])
  const names = catalogue.map(({ name }) => name)
  for (const name of ['processors', 'load', 'memory', 'storage', 'uptime', 'pocketstats'])
    expect(names).toContain(name)
  expect(catalogue.filter(({ error }) => error !== null)).toEqual([])
  for (const [, time] of memory) expect(time % 1000).toBe(0)
})

test('generator takes its settings from --config and its machine’s name from them', async () => {
  const folder = temporaryFolder()
  const config = join(folder, 'my.conf')
  writeFileSync(
    config,
    '[General]\nMachineName = attic\n[Generator]\nTimestep = 200ms\nDatabaseName = mine.db\n',
  )
  const env = { POCKETSTATS_GENERATOR_DISABLEDGATHERS: 'storage' }
  const generator = startGenerator(folder, { args: ['--config', config], env })
  await generator.ready
  generator.child.kill('SIGINT')
  expect(await generator.ended).toBe(0)
  expect(generator.stdout()).toMatch(/^generator: \d+ gathers every 0.2 s into .*mine\.db\n$/)
  const { project, catalogue } = readAll(folder)
  expect(project?.name).toBe('attic')
  expect(catalogue.map(({ name }) => name)).not.toContain('storage')
})

test.each([
  [
    'a misspelt setting',
    '[Generator]\nTimestp = 1\n',
    /my\.conf:2: unknown key "Timestp".*did you mean "Timestep"\?\n$/,
  ],
  [
    'a folder that cannot be made',
    '[Generator]\nMaxAge = 1d\n',
    /^The database .*\.db cannot be made or written.*\n$/,
  ],
])('generator ends with 1 and says in one line what is wrong: %s', async (what, text, message) => {
  const folder = temporaryFolder()
  const config = join(folder, 'my.conf')
  writeFileSync(config, text)
  const directory = what.startsWith('a folder') ? config : folder
  const generator = startGenerator(directory, { args: ['--config', config] })
  expect(await generator.ended).toBe(1)
  expect(generator.stderr()).toMatch(message)
  expect(generator.stderr().trim().split('\n')).toHaveLength(1)
})

test('generator loses nothing that it stored when it is killed, and goes on when it is started again', async () => {
  const folder = temporaryFolder()
  const first = startGenerator(folder)
  await first.ready
  const before = readAll(folder).memory
  first.child.kill('SIGKILL')
  expect(await first.ended).toBe('SIGKILL')
  const second = startGenerator(folder)
  await second.ready
  second.child.kill('SIGTERM')
  await second.ended
  const after = readAll(folder).memory
  expect(after.slice(0, before.length)).toEqual(before)
  expect(after.length).toBeGreaterThan(before.length)
  expect(new Set(after.map(([label, time]) => `${label} ${time}`)).size).toBe(after.length)
})

const keeping = { POCKETSTATS_GENERATOR_COMMITINTERVAL: '10min', POCKETSTATS_GENERATOR_TIMESTEP: '200ms' }

/** Moments of rounds that are stored. */
const storedRounds = (folder: string): number[] => [
  ...new Set(readAll(folder).memory.map(([, time]) => time)),
]

test.each(['SIGTERM', 'the end of the program that watches over it'])(
  'generator writes what it kept in memory and ends with 0 at %s',
  async (end) => {
    const folder = temporaryFolder()
    const generator = startGenerator(folder, { env: keeping })
    await generator.ready
    await new Promise((resolve) => setTimeout(resolve, 1500))
    expect(storedRounds(folder)).toHaveLength(1)
    if (end === 'SIGTERM') generator.child.kill(end)
    else generator.child.disconnect()
    expect(await generator.ended).toBe(0)
    expect(storedRounds(folder).length).toBeGreaterThan(2)
  },
)

test('generator stores what it kept, and every round from then on, as soon as the server says that somebody looks', async () => {
  const folder = temporaryFolder()
  const generator = startGenerator(folder, { env: keeping })
  await generator.ready
  await new Promise((resolve) => setTimeout(resolve, 1000))
  expect(storedRounds(folder)).toHaveLength(1)
  const appStore = openAppStore({ file: join(folder, 'app.db') })
  const watchedAt = Date.now()
  appStore.setWatched(watchedAt + 15_000)
  appStore.close()
  const after = () => storedRounds(folder).filter((time) => time > watchedAt)
  await until(() => after().length >= 3)
  expect(storedRounds(folder).length - after().length).toBeGreaterThan(2)
})
