// Programs and libraries that people use already, as they are, against a server that runs.

import { execFileSync, spawn } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { InfluxDB, Point } from '@influxdata/influxdb-client'
import { FieldType, InfluxDB as FirstInfluxDB } from 'influx'
import { Counter, Gauge, Pushgateway, Registry } from 'prom-client'
import { describe, expect, onTestFinished, test } from 'vitest'
import { freePort, type ServerProcess, startServer } from '../server/support/server-process.ts'
import { temporaryFolder } from '../server/support/test-app.ts'

interface Value {
  category: string
  label: string
  time: number
  value: number
}

async function newProject({ url }: ServerProcess, name: string): Promise<string> {
  return (await fetch(`${url}/register?name=${name}`)).text()
}

async function latest({ url }: ServerProcess, project: string): Promise<Value[]> {
  const { values } = (await (await fetch(`${url}/api/v1/latest?project=${project}`)).json()) as {
    values: Value[]
  }
  return values
}

async function until<T>(ask: () => Promise<T>, isThere: (found: T) => boolean): Promise<T> {
  const deadline = Date.now() + 20_000
  for (let found = await ask(); ; found = await ask()) {
    if (isThere(found) || Date.now() > deadline) return found
    await pause(100)
  }
}

/** What InfluxDB's library says of a line that is refused. */
async function failure({ url }: ServerProcess, token: string, line: string): Promise<Error | undefined> {
  let error: Error | undefined
  const writeFailed = async (reason: Error): Promise<void> => {
    error = reason
  }
  const options = { writeOptions: { maxRetries: 0, writeFailed } }
  const api = new InfluxDB({ url, token, ...options }).getWriteApi('org', 'bucket')
  api.writeRecord(line)
  await api.close().catch(() => {})
  return error
}

/** Runs a program until the test is over. */
function run(program: string, args: readonly string[]): void {
  const child = spawn(program, args, { stdio: 'ignore' })
  onTestFinished(() => void child.kill('SIGKILL'))
}

const collectd = '/usr/sbin/collectd'
const writeHttp = '/usr/lib/collectd/write_http.so'
/** Its parts come in packages of their own. */
const hasCollectd =
  existsSync(collectd) && existsSync(writeHttp) && !execFileSync('ldd', [writeHttp]).includes('not found')
const prometheus = '/usr/bin/prometheus'

describe('clients', () => {
  test("clients: InfluxDB's libraries for versions 2 and 1, and prom-client's Pushgateway", async () => {
    const server = await startServer()
    const token = await newProject(server, 'two')
    const api = new InfluxDB({ url: server.url, token, writeOptions: { gzipThreshold: 1 } }).getWriteApi(
      'org',
      'bucket',
      'ms',
    )
    api.useDefaultTags({ host: 'nas' })
    const now = Date.now()
    for (let i = 0; i < 100; i++) {
      api.writePoint(
        new Point('cpu')
          .tag('core', String(i % 2))
          .floatField('usage', i / 2)
          .intField('n', i)
          .timestamp(now - i),
      )
    }
    await api.close()
    const values = await latest(server, 'two')
    expect(values).toHaveLength(4)
    expect(values).toContainEqual(
      expect.objectContaining({ category: 'cpu core=0 host=nas', label: 'usage', time: now, value: 0 }),
    )

    // The name of a project is not its id.
    expect(await failure(server, 'two', 'm f=1')).toMatchObject({ statusCode: 409, code: 'conflict' })
    const unparsed = await failure(server, token, 'm f=')
    expect(unparsed).toMatchObject({
      statusCode: 400,
      message: expect.stringContaining('missing field value'),
    })

    const password = await newProject(server, 'one')
    const first = new FirstInfluxDB({
      ...{ host: '127.0.0.1', port: server.port, database: 'one', username: 'me', password },
      schema: [
        { measurement: 'tank', tags: ['place'], fields: { level: FieldType.FLOAT, open: FieldType.BOOLEAN } },
      ],
    })
    expect(await first.ping(2000)).toMatchObject([{ online: true }])
    expect(await first.getDatabaseNames()).toEqual(['one'])
    await first.createDatabase('one')
    await first.writePoints([
      { measurement: 'tank', tags: { place: 'roof top' }, fields: { level: 0.5, open: true } },
    ])
    expect(await latest(server, 'one')).toMatchObject([
      { category: 'tank place=roof top', label: 'level', value: 0.5 },
      { category: 'tank place=roof top', label: 'open', value: 1 },
    ])
    await expect(
      first.writePoints([{ measurement: 'tank', fields: { level: 1 }, timestamp: new Date(5) }]),
    ).rejects.toThrow(/partial write/)

    const pushed = await newProject(server, 'pushed')
    const register = new Registry()
    new Gauge({
      name: 'backup_bytes',
      help: 'Size of the backup',
      labelNames: ['disk'],
      registers: [register],
    }).set({ disk: 'a' }, 5e9)
    new Counter({ name: 'runs_total', help: 'Runs', registers: [register] }).inc(3)
    const gateway = new Pushgateway(server.url, { auth: `me:${pushed}` }, register)
    await gateway.push({ jobName: 'nightly backup', groupings: { instance: 'nas' } })
    await gateway.pushAdd({ jobName: 'nightly backup' })
    await gateway.delete({ jobName: 'nightly backup' })
    expect(await latest(server, 'pushed')).toMatchObject([
      { category: 'backup_bytes', label: 'disk=a job=nightly backup instance=nas', value: 5e9 },
      { category: 'backup_bytes', label: 'disk=a job=nightly backup', value: 5e9 },
      { category: 'runs_total', label: 'job=nightly backup instance=nas', value: 3 },
      { category: 'runs_total', label: 'job=nightly backup', value: 3 },
    ])
  })

  test.skipIf(!hasCollectd)("clients: collectd's write_http", async () => {
    const server = await startServer()
    const id = await newProject(server, 'collectd')
    const folder = temporaryFolder()
    const config = join(folder, 'collectd.conf')
    writeFileSync(
      config,
      `Hostname "board"
BaseDir "${folder}"
PIDFile "${folder}/pid"
Interval 1
LoadPlugin load
LoadPlugin memory
LoadPlugin write_http
<Plugin write_http>
  <Node "pocketstats">
    URL "${server.url}/collectd"
    User "collectd"
    Password "${id}"
    Format "JSON"
    StoreRates true
    BufferSize 512
  </Node>
</Plugin>
`,
    )
    run(collectd, ['-f', '-C', config])
    const values = await until(
      () => latest(server, 'collectd'),
      (found) =>
        found.some(({ category }) => category === 'board load') &&
        found.some(({ category }) => category === 'board memory'),
    )
    expect(values.map(({ category, label }) => `${category}: ${label}`)).toEqual(
      expect.arrayContaining(['board load: load shortterm', 'board memory: memory used']),
    )
    expect(Math.abs(Date.now() - Math.max(...values.map(({ time }) => time)))).toBeLessThan(15_000)
  })

  test.skipIf(!existsSync(prometheus))("clients: Prometheus' remote_write", async () => {
    const server = await startServer()
    const [id, port, folder] = [await newProject(server, 'prom'), await freePort(), temporaryFolder()]
    const config = join(folder, 'prometheus.yml')
    writeFileSync(
      config,
      `global: { scrape_interval: 1s }
scrape_configs:
  - job_name: self
    static_configs: [{ targets: ['127.0.0.1:${port}'] }]
remote_write:
  - url: ${server.url}/api/v1/write
    basic_auth: { username: prometheus, password: ${id} }
    queue_config: { batch_send_deadline: 1s }
`,
    )
    run(prometheus, [
      `--config.file=${config}`,
      `--storage.tsdb.path=${folder}/data`,
      `--web.listen-address=127.0.0.1:${port}`,
    ])
    const values = await until(
      () => latest(server, 'prom'),
      (found) => found.some(({ category, value }) => category === 'up' && value === 1),
    )
    expect(values.find(({ category }) => category === 'up')).toMatchObject({
      label: `instance=127.0.0.1:${port} job=self`,
      value: 1,
    })
    const sent = `http://127.0.0.1:${port}/api/v1/query?query=prometheus_remote_storage_samples_failed_total`
    const { data } = (await (await fetch(sent)).json()) as { data: { result: { value: [number, string] }[] } }
    expect(data.result.map(({ value }) => value[1])).toEqual(['0'])
  })
})
