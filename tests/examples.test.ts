// Every example runs as a user would run it: copied into the plugin folder of a running generator.

import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type PluginRig, pluginRig, soon } from './generator/support/plugin-rig.ts'
import { scratchFolder } from './generator/support/scratch-folder.ts'

const folder = join(import.meta.dirname, '..', 'examples')
const readme = readFileSync(join(folder, 'README.md'), 'utf8')
const files = readdirSync(folder).filter((file) => !/\.(md|json)$/.test(file))

/** The cards of each, with a label that it must have. */
const cards: Readonly<Record<string, readonly (readonly [category: string, label: string | undefined])[]>> = {
  'open-files.ts': [['open files', 'open']],
  'newest-file.js': [['newest file', 'age']],
  'log-lines.ts': [['log lines', 'errors']],
  'first-stats-server.js': [
    ['my machine', 'load'],
    ['my memory', 'free'],
  ],
  'inodes.sh': [['inodes', '/']],
  'process-states.py': [['process states', 'waiting for a disk']],
  'processes-of-users.pl': [['processes of users', 'root']],
  'memory-json': [['memory json', 'Slab']],
  'entropy-prometheus': [['entropy prometheus', undefined]],
  'threads-munin': [['threads munin', 'threads']],
  'check-uptime': [['check uptime', 'uptime']],
  'swap-influx': [['swap influx', 'in']],
}

const scratch = scratchFolder()
const log = join(scratch, 'messages.log')
let rig: PluginRig

beforeAll(async () => {
  writeFileSync(log, 'what was before does not count\n')
  rig = await pluginRig({
    settings: `[Plugin log-lines]\nFile = ${log}\n[Plugin newest-file]\nFolder = ${scratch}\n`,
  })
  for (const file of files) rig.save(file, readFileSync(join(folder, file), 'utf8'))
})
afterAll(() => rig.close())

test('every example has its cards in this test, and a line in the README', () => {
  expect(Object.keys(cards).sort()).toEqual([...files].sort())
  for (const file of files) expect(readme).toContain(`| [${file}](${file}) |`)
})

test.each(Object.entries(cards))('%s is on its card with points, and fails nowhere', async (file, wanted) => {
  for (const [category, label] of wanted) {
    await soon(`a point of ${label} in ${category}`, () => rig.points(category, label).length > 0)
    expect(rig.card(category)?.error).toBeNull()
  }
  const stem = file.replace(/\.\w+$/, '')
  const state = () => rig.report()?.plugins.find(({ name, kind }) => name === stem && kind !== 'built-in')
  await soon(`${stem} in the list`, () => state()?.state === 'runs')
  expect(state()?.message).toBeNull()
})

test('log-lines.ts counts the lines that come', async () => {
  appendFileSync(log, 'all is well\nan error came\n'.repeat(50))
  const most = (label: string): number =>
    Math.max(...rig.points('log lines', label).map(([, value]) => value))
  await soon('lines', () => most('lines') > 0)
  await soon('errors', () => most('errors') > 0)
  expect(most('errors')).toBeLessThan(most('lines'))
})
