import { describe, expect, onTestFinished, test } from 'vitest'
import { withRepeats } from '../../../common/live-delta.ts'
import { LiveUnpacker } from '../../../common/packed-live.ts'
import type { Hello, LivePoints } from '../../../common/wire.ts'
import { createEventParser } from '../../../web/data/sse.ts'
import { EventReader } from '../support/event-reader.ts'
import {
  pairedCookie,
  type Request,
  type TestApp,
  type TestAppOptions,
  temporaryFolder,
  testApp,
} from '../support/test-app.ts'

const declaration = { help: 'Load', unit: '', graph: true, everySeconds: 1, min: null, max: null }

function machineApp(options: TestAppOptions = {}) {
  const app = testApp(options)
  const { key } = app.appStore.machineProject('nas')
  app.store.declare(key, 'load', declaration, { a: none, b: none })
  const add = (label: string, value: number, time = app.clock.now(), category = 'load') =>
    app.store.append([{ project: key, category, label, time, value }])
  return { ...app, key, add }
}

const none = { unit: null, min: null, max: null }

async function listen(app: TestApp, search = '', init: Request = {}): Promise<EventReader> {
  const response = await app.request(`/api/v1/stream${search}`, init)
  expect(response.status).toBe(200)
  expect(response.headers.get('Content-Type')).toBe('text/event-stream')
  const reader = new EventReader(response)
  onTestFinished(() => reader.cancel())
  await reader.next('hello')
  return reader
}

/** Reads a packed stream as the app does: the id after a line is made of the line. */
function readPacked(response: Response) {
  const reader = (response.body ?? new ReadableStream<Uint8Array>()).getReader()
  const read = { points: [] as LivePoints, lastId: '', hello: {} }
  let unpacker: LiveUnpacker | undefined
  const take = createEventParser({
    onId: (id) => {
      read.lastId = id
    },
    onEvent: ({ name, data }) => {
      if (name === 'hello') read.hello = JSON.parse(data)
      if (name !== 'message') return
      const [database, begin, newest, , signature] = read.lastId.split('.')
      unpacker ??= new LiveUnpacker(Number(begin))
      const { position, sentAt, points } = unpacker.unpack(data)
      read.points.push(...points)
      const latest = Math.max(Number(newest), ...points.map(({ time }) => time))
      read.lastId = [database, position, latest, sentAt, signature].join('.')
    },
  })
  const decoder = new TextDecoder()
  const until = async (isSo: () => boolean): Promise<void> => {
    while (!isSo()) {
      const { done, value } = await reader.read()
      if (done) throw new Error('the stream ended')
      take(decoder.decode(value, { stream: true }))
    }
  }
  return Object.assign(read, { until, cancel: () => reader.cancel() })
}

const pointsOf = (...readers: EventReader[]): LivePoints =>
  readers.flatMap(({ events }) =>
    events.filter(({ event }) => event === 'points').flatMap(({ data }) => data as LivePoints),
  )

const valuesOf = (...readers: EventReader[]): number[] =>
  pointsOf(...readers).flatMap(({ values }) => Object.values(values))

describe('stream', () => {
  test('stream says hello with version and clock', async () => {
    const app = machineApp()
    const reader = await listen(app)
    expect(reader.events[0]?.data).toEqual({
      version: 'test',
      now: app.clock.now(),
      resumed: false,
    } satisfies Hello)
  })

  test('stream brings points as they are stored, of the one project that was asked for', async () => {
    const app = machineApp()
    app.add('a', 1)
    const reader = await listen(app, '?project=nas')
    await app.request('/add_data_point?projectid=other&category=x&label=y&value=9')
    app.clock.pass(1000)
    app.add('a', 2)
    app.add('b', 3)
    await reader.until(() => valuesOf(reader).length === 2, 'two points')
    expect(pointsOf(reader).every(({ time }) => time === app.clock.now())).toBe(true)
    expect(valuesOf(reader)).toEqual([2, 3])
  })

  test('stream announces a first custom point: the catalogue, then the point', async () => {
    const app = machineApp()
    const { id, key } = app.appStore.createProject({ name: 'Greenhouse', kind: 'custom' })
    const reader = await listen(app, '?project=Greenhouse')
    await app.request(`/add_data_point?projectid=${id}&category=air&label=inside&value=21.5&unit=°C`)
    await reader.next('points')
    const names = reader.events.map(({ event }) => event)
    expect(names.indexOf('catalogue')).toBeLessThan(names.indexOf('points'))
    const series = app.store.catalogue(key)[0]?.series[0]
    expect(pointsOf(reader)).toEqual([{ time: app.clock.now(), values: { [series?.id ?? '']: 21.5 } }])
  })

  test('stream announces a gather that fails and one that works again', async () => {
    const app = machineApp()
    const reader = await listen(app)
    app.store.report(app.key, 'load', 'no such file', app.clock.now())
    await reader.next('catalogue')
    const before = reader.events.length
    app.store.report(app.key, 'load', null, app.clock.now())
    await reader.next('catalogue', before)
  })

  test('stream tells of points that land in the past', async () => {
    const app = machineApp()
    app.add('a', 1)
    const reader = await listen(app)
    const past = app.clock.now() - 86_400_000
    app.add('a', 7, past)
    expect((await reader.next('late')).data).toEqual({ from: past, to: past + 1 })
    expect(pointsOf(reader)).toEqual([])
  })

  test('stream goes on after a cut without a point lost or doubled', async () => {
    const app = machineApp()
    const readers = [await listen(app)]
    for (let value = 1; value <= 60; value++) {
      app.clock.pass(1000)
      app.add('a', value)
      if (value % 10 === 5) {
        const reader = readers.at(-1)
        await reader?.until(() => valuesOf(...readers).includes(value), `the point ${value}`)
        await reader?.cancel()
      }
      if (value % 10 === 8) {
        const headers = { 'Last-Event-ID': readers.at(-1)?.lastEventId ?? '' }
        readers.push(await listen(app, '', { headers }))
      }
    }
    await readers.at(-1)?.until(() => valuesOf(...readers).includes(60), 'the last point')
    expect(valuesOf(...readers)).toEqual(Array.from({ length: 60 }, (_, i) => i + 1))
    for (const [i, { events }] of readers.entries()) expect(events[0]?.data).toMatchObject({ resumed: i > 0 })
  })

  test('stream goes on by an id in the address, too', async () => {
    const app = machineApp()
    const first = await listen(app)
    await first.cancel()
    app.clock.pass(1000)
    app.add('a', 1)
    const second = await listen(app, `?lastEventId=${first.lastEventId}`)
    await second.next('points')
    expect(valuesOf(second)).toEqual([1])
  })

  test('stream goes on after the server was started again', async () => {
    const folder = temporaryFolder()
    const before = machineApp({ folder })
    const first = await listen(before)
    before.close()
    await first.until(() => first.ended, 'the end')
    before.clock.pass(1000)
    before.add('a', 1)
    const after = machineApp({ folder })
    after.clock.time = before.clock.time
    const second = await listen(after, `?lastEventId=${first.lastEventId}`)
    await second.next('points')
    expect(second.events[0]?.data).toMatchObject({ resumed: true })
    expect(valuesOf(second)).toEqual([1])
  })

  test('stream announces on its return that the catalogue changed meanwhile', async () => {
    const app = machineApp()
    const first = await listen(app)
    await first.cancel()
    app.add('c', 1)
    const second = await listen(app, `?lastEventId=${first.lastEventId}`)
    await second.next('points')
    expect(second.events.map(({ event }) => event)).toEqual(['hello', 'catalogue', 'points'])
  })

  test('stream begins anew after a long absence, and with another database', async () => {
    const app = machineApp()
    const first = await listen(app)
    app.clock.pass(121_000)
    const late = await listen(app, `?lastEventId=${first.lastEventId}`)
    expect(late.events[0]?.data).toMatchObject({ resumed: false })
    const other = machineApp({ databaseId: 'another' })
    const elsewhere = await listen(other, `?lastEventId=${first.lastEventId}`)
    expect(elsewhere.events[0]?.data).toMatchObject({ resumed: false })
  })

  test('stream packs points with packed=yes, goes on from their lines, and they are the same', async () => {
    const app = machineApp()
    const plain = await listen(app)
    const first = await app.request('/api/v1/stream?packed=yes')
    const packed = readPacked(first)
    for (const value of [1.5, 1.5, 4096, 1 / 3]) {
      app.clock.pass(1000)
      app.add('a', value)
      app.add('b', -value)
      await plain.until(() => valuesOf(plain).at(-1) === -value, `the value ${value}`)
    }
    await packed.until(() => packed.points.length >= pointsOf(plain).length)
    await packed.cancel()
    app.clock.pass(1000)
    app.add('a', 8)
    const init = { headers: { 'Last-Event-ID': packed.lastId } }
    const resumed = readPacked(await app.request('/api/v1/stream?packed=yes', init))
    await resumed.until(() => resumed.points.length === 1)
    await plain.until(() => valuesOf(plain).at(-1) === 8, 'the last value')
    expect([...packed.points, ...resumed.points]).toEqual(pointsOf(plain))
    expect(resumed.hello).toMatchObject({ resumed: true })
    await resumed.cancel()
  })

  test('stream names repeated values with delta=yes, and the points are the same', async () => {
    const app = machineApp()
    const [plain, delta] = [await listen(app), await listen(app, '?delta=yes')]
    for (const [a, b] of [
      [1, 1],
      [1, 2],
      [1, 2],
      [3, 2],
    ] as const) {
      app.clock.pass(1000)
      const time = app.clock.now()
      app.store.append([
        { project: app.key, category: 'load', label: 'a', time, value: a },
        { project: app.key, category: 'load', label: 'b', time, value: b },
      ])
    }
    for (const reader of [plain, delta]) {
      await reader.until(
        () => pointsOf(reader).some(({ time }) => time === app.clock.now()),
        'the last point',
      )
    }
    expect(delta.text.match(/"same"/g)?.length).toBe(3)
    expect(withRepeats(pointsOf(delta), new Map())).toEqual(pointsOf(plain))
  })

  test('stream sends all values with UseDeltaCompression = no', async () => {
    const app = machineApp({ settings: { GENERAL_USEDELTACOMPRESSION: 'no' } })
    const reader = await listen(app, '?delta=yes')
    for (let i = 0; i < 2; i++) {
      app.clock.pass(1000)
      app.add('a', 1)
    }
    await reader.until(() => valuesOf(reader).length === 2, 'two points')
    expect(reader.text).not.toContain('"same"')
  })

  test('stream shows signs of life, from which it can go on', async () => {
    const app = machineApp({ timing: { heartbeatMs: 20 } })
    const reader = await listen(app)
    app.clock.pass(100_000)
    await reader.until(() => /\n:\nid: /.test(reader.text), 'a heartbeat')
    await reader.until(() => reader.lastEventId.includes(String(app.clock.now())), 'an id of now')
    await reader.cancel()
    app.clock.pass(100_000)
    const next = await listen(app, `?lastEventId=${reader.lastEventId}`)
    expect(next.events[0]?.data).toMatchObject({ resumed: true })
  })

  test('stream ends for a device that is revoked', async () => {
    const app = machineApp({ timing: { checkMs: 20 } })
    const Cookie = await pairedCookie(app)
    const reader = await listen(app, '', { from: '192.168.1.20', headers: { Cookie } })
    for (const { id } of app.appStore.devices()) app.appStore.revokeDevice(id)
    await reader.until(() => reader.ended, 'the end')
  })

  test('stream cuts off a client that does not read, and others go on', async () => {
    const app = machineApp()
    const slow = await app.request('/api/v1/stream')
    const reader = await listen(app)
    const labels = Array.from({ length: 2000 }, (_, i) => `label ${i}`)
    for (let round = 0; round < 20; round++) {
      app.clock.pass(1000)
      const time = app.clock.now()
      app.store.append(
        labels.map((label) => ({ project: app.key, category: 'many', label, time, value: Math.random() })),
      )
      await reader.until(() => pointsOf(reader).some((group) => group.time === time), 'the round')
    }
    const body = slow.body?.getReader()
    await expect(
      (async () => {
        while (!(await body?.read())?.done);
      })(),
    ).rejects.toThrow('does not keep up')
    expect(reader.ended).toBe(false)
  })

  test.each<[string, number, string]>([
    ['?project=nowhere', 404, 'project'],
    ['?delta=maybe', 400, 'delta'],
  ])('stream refuses %s', async (search, status, field) => {
    const response = await machineApp().request(`/api/v1/stream${search}`)
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ error: { field } })
  })

  test('stream answers HEAD without opening anything', async () => {
    const response = await machineApp().request('/api/v1/stream', { method: 'HEAD' })
    expect(response.status).toBe(200)
    expect(response.headers.get('Content-Type')).toBe('text/event-stream')
    expect(response.body).toBeNull()
  })

  test('stream has an end to how many it serves', async () => {
    const app = machineApp()
    const open = []
    for (let i = 0; i < 200; i++) open.push(await app.request('/api/v1/stream'))
    const refused = await app.request('/api/v1/stream')
    expect(refused.status).toBe(503)
    await open[0]?.body?.cancel()
    expect((await app.request('/api/v1/stream')).status).toBe(200)
  })
})
