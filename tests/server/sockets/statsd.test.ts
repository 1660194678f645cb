import { createSocket } from 'node:dgram'
import { setTimeout as pause } from 'node:timers/promises'
import { StatsD } from 'hot-shots'
import { expect, onTestFinished, test } from 'vitest'
import { parseSettings } from '../../../common/settings.ts'
import { listenStatsd } from '../../../server/sockets/statsd.ts'
import { StatsdMetrics } from '../../../server/sockets/statsd-metrics.ts'
import { testApp } from '../support/test-app.ts'

async function freeUdpPort(): Promise<number> {
  const socket = createSocket('udp4')
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  const { port } = socket.address()
  await new Promise<void>((resolve) => socket.close(resolve))
  return port
}

test("statsd makes points of what StatsD's own clients count", async () => {
  const app = testApp()
  const env = { POCKETSTATS_STATSD_HOST: '127.0.0.1', POCKETSTATS_STATSD_INTERVAL: '1h' }
  const settings = parseSettings({
    file: 'settings.conf',
    env: { ...env, POCKETSTATS_STATSD_PORT: String(await freeUdpPort()) },
  })
  const log = (line: string) => app.logged.push(line)
  const listener = await listenStatsd({ ...app, log }, settings)
  const client = new StatsD({ host: '127.0.0.1', port: listener.port, prefix: 'shop.' })
  onTestFinished(() => client.close(() => {}))
  for (let i = 1; i <= 100; i++) client.timing('checkout', i)
  client.increment('orders', 7)
  client.gauge('stock', 12.5)
  client.gaugeDelta('stock', -2)
  client.set('visitors', 'ann')
  client.set('visitors', 'bob')
  client.set('visitors', 'ann')
  client.gauge('warm', 21, { room: 'cellar' })
  await pause(300)
  app.clock.pass(10_000)
  await listener.close()

  const [project] = app.appStore.projects()
  expect(project?.name).toBe('StatsD')
  const values = app.store.latest(project?.key ?? '')
  expect(
    Object.fromEntries(values.map(({ category, label, value }) => [`${category}/${label}`, value])),
  ).toEqual({
    'shop/checkout mean': 50.5,
    'shop/checkout p95': 95,
    'shop/checkout max': 100,
    'shop/checkout per second': 10,
    'shop/orders': 0.7,
    'shop/stock': 10.5,
    'shop/visitors': 2,
    'shop room=cellar/warm': 21,
  })
  expect(new Set(values.map(({ time }) => time))).toEqual(new Set([app.clock.now()]))
})

test('StatsdMetrics counts samples for what they stand for, and begins anew after each flush', () => {
  const metrics = new StatsdMetrics()
  expect(metrics.add('a:1|c|@0.1', 0)).toBeUndefined()
  expect(metrics.add('a:2:3|c', 0)).toBeUndefined()
  expect(metrics.flush(0, 5)).toMatchObject([{ foreign: { name: 'a', field: '' }, value: 3 }])
  expect(metrics.flush(1000, 5)).toMatchObject([{ value: 0 }])
  expect(metrics.flush(3_600_001, 5)).toEqual([])
})

test('StatsdMetrics says what is wrong, and never takes more than its share', () => {
  const metrics = new StatsdMetrics()
  for (const line of [
    '',
    'a',
    'a:1',
    ':1|c',
    'a:1|x',
    'a:one|c',
    'a:1|c|@2',
    'a:1e999|g',
    'a:1|constructor',
  ]) {
    expect(metrics.add(line, 0), line).toBeTypeOf('string')
  }
  for (let i = 0; i < 10_000; i++) metrics.add(`n${i}:1|g`, 0)
  expect(metrics.add('more:1|g', 0)).toMatch(/more than 10000 metrics/)
})
