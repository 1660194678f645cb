import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type PluginRig, pluginRig, soon } from '../support/plugin-rig.ts'

const munin = '/usr/share/munin/plugins'
const nagios = '/usr/lib/nagios/plugins'
const exporter = '/usr/bin/prometheus-node-exporter'
let rig: PluginRig
let exporting: ChildProcess | undefined

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

const programs: Record<string, string> = {
  'plain.sh':
    '#!/bin/bash\n# help: Two rooms.\necho "# help: Two rooms."\necho "living room 21.5 °C"\necho "cellar: 12 °C"\necho "$1|$ROOM" >&2\n',
  'spoken.py':
    '#!/usr/bin/python3\nimport json\nprint(json.dumps({"help": "Bees of a hive.", "unit": "bees", "readings": {"in": 3, "out": {"value": 4, "max": 9}}}))\n',
  'weather.pl':
    '#!/usr/bin/perl\nprint "weather,place=roof temperature=7.5,wind=3i,sky=\\"grey\\" 1700000000000000000\\n";\n',
  'textfile.sh':
    '#!/bin/sh\ncat <<E\n# HELP jobs_done_total Jobs.\n# TYPE jobs_done_total counter\njobs_done_total{queue="mail"} 5\njobs_done_total{queue="print"} NaN\n# TYPE job_bytes gauge\njob_bytes 17\nE\n',
  'kept.sh':
    '#!/bin/sh\n# pocketstats: keep-running\nn=0\nwhile read -r line; do n=$((n+1)); echo "pid $$"; echo "asked $n"; done\n',
  'environment.sh':
    '#!/bin/sh\necho "secret 0$POCKETSTATS_SECRET"\necho "given 0$GIVEN"\necho "argument $2"\necho "user $(id -u)"\n',
  'once.sh': '#!/bin/sh\n# pocketstats: every=30s\necho "n 1"\n',
}

beforeAll(async () => {
  const port = await freePort()
  if (existsSync(exporter)) {
    const args = [`--web.listen-address=127.0.0.1:${port}`, '--log.level=error']
    exporting = spawn(exporter, args, { stdio: 'ignore' })
  }
  const user = process.getuid?.() === 0 ? '\nUser = nobody' : ''
  rig = await pluginRig({
    env: { POCKETSTATS_SECRET: '7' },
    settings: `
[Plugin environment]
Arguments = "two words" 8
env.GIVEN = 9${user}
[Plugin check-disk]
Arguments = -w 20% -c 10% -p /
Every = 1s
[Plugin load]
Every = 1s
[Plugin cpu]
Every = 1s
[Scrape node]
Url = http://127.0.0.1:${port}/metrics
Keep = node_load*, node_cpu_seconds_total, node_filesystem_size_bytes
Every = 1s
`,
  })
  for (const [name, text] of Object.entries(programs)) rig.save(name, text)
  const link = (from: string, name: string): void =>
    existsSync(from) ? symlinkSync(from, join(rig.folder, 'plugins', name)) : undefined
  for (const name of ['cpu', 'load', 'df', 'apache_accesses', 'diskstats']) link(join(munin, name), name)
  link(join(nagios, 'check_disk'), 'check-disk')
  link(join(nagios, 'check_procs'), 'check_procs')
})
afterAll(async () => {
  exporting?.kill()
  await rig.close()
})

const labels = (name: string): string[] => rig.card(name)?.series.map(({ label }) => label) ?? []
const last = (name: string, label?: string): number | undefined => rig.points(name, label).at(-1)?.[1]

test('lines of label, value and unit, from bash', async () => {
  await soon('both rooms', () => labels('plain').length === 2)
  expect(rig.card('plain')).toMatchObject({
    help: 'Two rooms.',
    series: [
      { label: 'living room', unit: '°C' },
      { label: 'cellar', unit: '°C' },
    ],
  })
  expect([last('plain', 'living room'), last('plain', 'cellar')]).toEqual([21.5, 12])
})

test.skipIf(!existsSync('/usr/bin/python3'))('JSON with words, from Python', async () => {
  await soon('the bees', () => labels('spoken').length === 2)
  expect(rig.card('spoken')).toMatchObject({ help: 'Bees of a hive.', unit: 'bees' })
  expect(rig.card('spoken')?.series).toMatchObject([{ label: 'in' }, { label: 'out', max: 9 }])
})

test('the line protocol of Telegraf’s exec, from Perl', async () => {
  await soon('the weather', () => labels('weather').length === 2)
  expect(labels('weather')).toEqual(['roof temperature', 'roof wind'])
  expect(last('weather', 'roof temperature')).toBe(7.5)
})

test('Prometheus’ text: counters become rates, metrics with labels have cards of their own', async () => {
  await soon('two cards', () => rig.points('textfile jobs_done_total', 'mail').length > 0)
  expect(rig.card('textfile jobs_done_total')).toMatchObject({ help: 'Jobs.', unit: '1/s' })
  expect(last('textfile jobs_done_total', 'mail')).toBe(0)
  expect(rig.card('textfile')?.series).toMatchObject([{ label: 'job_bytes', unit: 'byte' }])
})

test('a program that is kept running is one process, fed a newline a round', async () => {
  await soon('five rounds', () => (last('kept', 'asked') ?? 0) >= 5)
  expect(new Set(rig.points('kept', 'pid').map(([, value]) => value)).size).toBe(1)
})

test('a program has a clean environment, the arguments and variables of its section, and its user', async () => {
  await soon('its word', () => rig.points('environment', 'user').length > 0)
  expect(last('environment', 'secret')).toBe(0)
  expect(last('environment', 'given')).toBe(9)
  expect(last('environment', 'argument')).toBe(8)
  if (process.getuid?.() === 0) expect(last('environment', 'user')).toBeGreaterThan(0)
})

test('a program says itself how often it is to be run', async () => {
  await soon('a point', () => rig.points('once').length > 0)
  expect(rig.card('once')?.everySeconds).toBe(30)
})

test.skipIf(!existsSync(munin))('Munin’s own plugins, unmodified', async () => {
  await soon('load beside our own', () => rig.points('load 2', 'load').length > 0)
  await soon('rates of the processor', () => rig.points('cpu', 'system').length > 0, 30)
  expect(rig.card('cpu')).toMatchObject({
    unit: '%',
    help: 'This graph shows how CPU time is spent.',
    min: 0,
  })
  expect(labels('cpu')).toEqual(expect.arrayContaining(['system', 'user', 'idle', 'iowait']))
  const df = await soon('file systems', () => rig.card('df')?.series.find(({ label }) => label === '/'))
  // Its warning and critical: 92 and 98 %.
  expect(df).toMatchObject({ unit: '%', max: 98 })
  const state = (name: string) => rig.report()?.plugins.find((one) => one.name === name)
  await soon('what this machine does not have', () => state('apache_accesses')?.state === 'nothing')
  expect(rig.card('apache_accesses')).toBeUndefined()
  expect(state('df')?.alerts).toContainEqual({
    series: '/',
    above: 98,
    below: null,
    seconds: 0,
    text: 'critical',
  })
  await soon('graphs of one plugin', () => rig.card('diskstats diskstats_latency') !== undefined)
})

test.skipIf(!existsSync(nagios))(
  'Monitoring plugins, unmodified, with arguments from settings.conf',
  async () => {
    await soon('the disk', () => rig.points('check disk', '/').length > 0)
    const disk = rig.card('check disk')?.series.find(({ label }) => label === '/')
    expect(disk).toMatchObject({ unit: 'byte', min: 0 })
    expect(disk?.max).toBeGreaterThan(1e9)
    expect(last('check disk', 'state')).toBeLessThanOrEqual(2)
    await soon('processes', () => rig.points('check_procs', 'procs').length > 0)
  },
)

test.skipIf(!existsSync(exporter))('a Prometheus exporter is scraped, and only what is kept', async () => {
  await soon('load', () => rig.points('node', 'node_load1').length > 0)
  await soon('the processor', () => rig.points('node node_cpu_seconds_total', '0 idle').length > 0)
  expect(
    rig
      .card('node')
      ?.series.map(({ label }) => label)
      .sort(),
  ).toEqual(['node_load1', 'node_load15', 'node_load5'])
  expect(rig.card('node node_filesystem_size_bytes')).toMatchObject({ unit: 'byte' })
  expect(rig.card('node node_cpu_seconds_total')?.help).toMatch(/^Seconds the CPUs spent in each mode/)
})

test('nothing that works is called a failure', () => {
  expect(rig.stderr()).toBe('')
})
