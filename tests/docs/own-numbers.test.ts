// The cookbook of one's own numbers: each of its snippets is run as it stands, against one server, with only the
// machine's name, ports and ids put in.

import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { waysToAdd } from '../../web/lazy/ways-to-add.ts'
import { Instance } from '../browser/support/instance.ts'
import { until } from '../browser/support/until.ts'
import { freePort } from '../server/support/server-process.ts'

interface Block {
  language: string
  text: string
}

const guide = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'own-numbers.md'), 'utf8')
const blocks: readonly Block[] = [...guide.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(
  ([, language = '', text = '']) => ({ language, text }),
)

/** What to find in a snippet, and the points that are there once it ran: project, category, label, value. */
type Point = readonly [project: string, category: string, label: string | undefined, value?: number]
const added: Readonly<Record<string, readonly Point[]>> = {
  'projectid=testuuid': [['testuuid', 'foo', 'bar', 42]],
  'label=humidity': [['greenhouse', 'climate', 'humidity', 61.5]],
  '"dew point"': [['greenhouse', 'climate', 'dew point', 13.6]],
  'while value': [['greenhouse', 'load', undefined]],
  '* * * * *': [['greenhouse', 'disk', 'used']],
  'import json': [['greenhouse', 'climate', 'temperature', 21.4]],
  'const add': [['greenhouse', 'climate', 'pressure', 1013.2]],
  'label,value,unit': [
    ['greenhouse', 'tank', 'level', 71.5],
    ['greenhouse', 'tank', 'inflow', 0.25],
  ],
  '"bees"': [
    ['greenhouse', 'bees', 'hive 1', 34.1],
    ['greenhouse', 'bees', 'hive 2', 33.8],
  ],
  '/write?precision': [['greenhouse', 'weather place=roof', 'wind', 4.2]],
  '/metrics/job': [['greenhouse', 'backup_bytes', 'job=nightly', 123_456]],
  '"openings"': [['TCP', 'door', 'openings', 3]],
  cpuUsage: [
    ['TCP', 'processes', '127.0.0.1', 93],
    ['TCP', 'cpuUsage', '127.0.0.1', 3.5],
  ],
  'servers.web.requests': [['TCP', 'servers web', 'requests', 12]],
  bottles: [['TCP', 'cellar shelf=left', 'bottles', 17]],
  'shop.stock': [['StatsD', 'shop', 'stock', 12.5]],
}
/** What other tests of this file look at, or, as the guide says, nobody runs. */
const others = [
  '/register',
  '"error"',
  'write_http',
  'remote_write',
  'scrape_configs',
  '-o climate.csv',
  '[Tcp]',
]
const notRun = ['#include', 'rest_command', 'outputs.influxdb_v2']

const collectd = '/usr/sbin/collectd'
const prometheus = '/usr/bin/prometheus'
const hasNetcat = (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, 'nc')))

const folder = mkdtempSync(join(tmpdir(), 'pocketstats-guide-'))
const running = new Set<ChildProcess>()
let instance: Instance
let puts: Readonly<Record<string, string>>
let id = ''

const blockWith = (marker: string): Block => {
  const found = blocks.filter(({ text }) => text.includes(marker))
  expect(found, marker).toHaveLength(1)
  return found[0] ?? { language: '', text: '' }
}

/** With the real machine in it. */
const filled = (text: string, own: Readonly<Record<string, string>> = {}): string =>
  Object.entries({ ...own, ...puts }).reduce((done, [from, to]) => done.replaceAll(from, to), text)

/** Starts a program in a group of its own, so that all it starts ends with it. */
function start(program: string, args: readonly string[]): ChildProcess {
  const child = spawn(program, args, { cwd: folder, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  running.add(child)
  child.once('exit', () => running.delete(child))
  return child
}

function end(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}

function startBlock({ language, text }: Block): ChildProcess {
  const lines = filled(text)
  if (language === 'python') return start('python3', ['-c', lines])
  if (language === 'js') return start(process.execPath, ['--input-type=module', '-e', lines])
  return start('/bin/bash', ['-c', language === 'cron' ? lines.replace('* * * * *', '') : lines])
}

/** What a program says until it ends. */
async function outputOf(child: ChildProcess): Promise<string> {
  let said = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  await new Promise((resolve) => child.once('close', resolve))
  return said
}

interface Value {
  category: string
  label: string
  value: number
}

const latest = async (project: string): Promise<Value[]> =>
  (await instance.api<{ values?: Value[] }>(`/latest?project=${encodeURIComponent(project)}`)).values ?? []

const register = async (name: string): Promise<string> =>
  (await fetch(`${instance.url}register?name=${name}`)).text()

async function arrived([project, category, label, value]: Point): Promise<void> {
  await until(async () => {
    const found = (await latest(project)).find(
      (one) => one.category === category && (label ?? one.label) === one.label,
    )
    expect(found, `${project}: ${category}, ${label}`).toBeDefined()
    if (value !== undefined) expect(found?.value).toBe(value)
  })
}

beforeAll(async () => {
  const [rest, tcp, statsd] = await Promise.all([freePort(), freePort(), freePort()])
  instance = new Instance({
    ...{ SERVER_RESTPORT: String(rest), TCP_PORT: String(tcp), TCP_HOST: '127.0.0.1' },
    ...{ STATSD_PORT: String(statsd), STATSD_HOST: '127.0.0.1', STATSD_INTERVAL: '1s' },
  })
  await instance.startServer()
  const main = new URL(instance.url).host.replace('localhost', '127.0.0.1')
  puts = {
    ...{ '127.0.0.1:7890': `127.0.0.1:${rest}`, 'localhost:5050': main, 'nas:5050': main },
    ...{ 'nas/2003': `127.0.0.1/${tcp}`, 'nas 2003': `127.0.0.1 ${tcp}`, 'nas/8125': `127.0.0.1/${statsd}` },
  }
  id = (await outputOf(startBlock(blockWith('/register')))).trim()
  const token = await fetch(`${instance.url}api/v1/tokens`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{"name":"guide"}',
  })
  puts = { ...puts, TOKEN: ((await token.json()) as { token: string }).token }
})

afterAll(async () => {
  for (const child of running) end(child)
  await instance?.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('docs/own-numbers.md', () => {
  test('own-numbers has no snippet that is not run, but those that it names', () => {
    expect(id).toMatch(/^[0-9a-f]{32}$/)
    const markers = [...Object.keys(added), ...others, ...notRun]
    for (const marker of markers) blockWith(marker)
    expect(markers).toHaveLength(blocks.length)
    expect(guide).toContain('this one and the next are not run by our tests')
    expect(guide).toContain('we have run its protocol, not the program itself')
  })

  test('own-numbers has the same lines as the app', () => {
    for (const { name, lines } of waysToAdd({ address: 'http://nas:5050', id: 'ID' }))
      expect(guide, name).toContain(`\n${lines}\n`)
  })

  test.each(Object.entries(added))('own-numbers: %s adds its points', async (marker, points) => {
    const block = blockWith(marker)
    if (block.text.includes('| nc ') && !hasNetcat) return console.warn('without nc it is not run')
    puts = {
      ...puts,
      '=ID': `=${id}`,
      '"ID"': `"${id}"`,
      "'ID'": `'${id}'`,
      ' ID': ` ${id}`,
      ':ID': `:${id}`,
    }
    const child = startBlock(block)
    await Promise.all(points.map(arrived))
    end(child)
  })

  test('own-numbers shows what the server answers to a value that is none', async () => {
    const fields = { projectid: id, category: 'climate', label: 'humidity', value: 'warm' }
    const response = await fetch(`${instance.url}add_data_point?${new URLSearchParams(fields)}`)
    expect(await response.json()).toEqual(JSON.parse(blockWith('"error"').text))
  })

  test('own-numbers exports a CSV', async () => {
    await outputOf(startBlock(blockWith('-o climate.csv')))
    const [head, ...rows] = readFileSync(join(folder, 'climate.csv'), 'utf8').trim().split('\n')
    expect(head).toBe('project,category,label,time,value')
    expect(rows.join('\n')).toMatch(/^greenhouse,climate,humidity,\d+,61\.5$/m)
  })

  test('own-numbers: collectd sends', { concurrent: true, skip: !existsSync(collectd) }, async () => {
    const own = await register('collectd')
    const config = join(folder, 'collectd.conf')
    const before = `Hostname "board"\nBaseDir "${folder}"\nPIDFile "${folder}/pid"\nInterval 1\nLoadPlugin load\n`
    writeFileSync(config, before + filled(blockWith('write_http').text.replace('"ID"', `"${own}"`)))
    const child = start(collectd, ['-f', '-C', config])
    // Its buffer is sent when it is full, or when it ends.
    await new Promise((resolve) => setTimeout(resolve, 2500))
    child.kill('SIGTERM')
    await arrived(['collectd', 'board load', 'load shortterm'])
  })

  test('own-numbers: one Prometheus sends, another scrapes', {
    concurrent: true,
    skip: !existsSync(prometheus),
  }, async () => {
    const [own, first, second] = await Promise.all([register('prometheus'), freePort(), freePort()])
    const self = `scrape_configs: [{ job_name: self, static_configs: [{ targets: ['127.0.0.1:${first}'] }] }]\n`
    startPrometheus(first, self + blockWith('remote_write').text.replace(' ID', ` ${own}`))
    startPrometheus(second, blockWith('scrape_configs').text)
    await arrived(['prometheus', 'up', `instance=127.0.0.1:${first} job=self`, 1])
    await instance.addPoint({ projectid: id, category: 'climate', label: 'humidity', value: 61.5 })
    const query = encodeURIComponent('pocketstats_value{project="greenhouse",label="humidity"}')
    await until(async () => {
      const answer = await fetch(`http://127.0.0.1:${second}/api/v1/query?query=${query}`)
      const { data } = (await answer.json()) as {
        data: { result: { metric: object; value: [number, string] }[] }
      }
      expect(data.result.map(({ value }) => value[1])).toEqual(['61.5'])
      expect(data.result[0]?.metric).toMatchObject({ category: 'climate', unit: '%' })
    })
  })
})

function startPrometheus(port: number, text: string): void {
  const config = join(folder, `prometheus-${port}.yml`)
  writeFileSync(config, `global: { scrape_interval: 1s }\n${filled(text)}`)
  const data = `--storage.tsdb.path=${join(folder, `data-${port}`)}`
  start(prometheus, [`--config.file=${config}`, data, `--web.listen-address=127.0.0.1:${port}`])
}
