import { once } from 'node:events'
import { createServer, request } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { testApp } from '../support/test-app.ts'

/** An app behind a real socket, with the short way before it or without. */
async function listening(withLane: boolean, settings: Record<string, string> = {}) {
  const app = testApp({ settings })
  app.appStore.createProject({ name: 'green', kind: 'custom', id: 'green-id' })
  let longWay = 0
  const rest = getRequestListener((raw) => {
    longWay++
    return app.app.fetch(raw, { address: '192.168.1.20' })
  })
  const server = createServer(withLane ? app.quick.before(rest) : rest).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { ...app, port, longWay: () => longWay }
}

interface Sent {
  method: string
  path: string
  headers?: Record<string, string>
  body?: string | Buffer
}

async function send(port: number, { method, path, headers = {}, body }: Sent) {
  const sent = request({ host: '127.0.0.1', port, method, path, headers })
  sent.end(body)
  const [response] = await once(sent, 'response')
  let text = ''
  for await (const chunk of response) text += chunk
  return { status: response.statusCode as number, type: response.headers['content-type'], text }
}

const stored = ({ store }: Awaited<ReturnType<typeof listening>>) =>
  store.latest('green').map(({ category, label, time, value }) => [category, label, time, value])

const form = 'application/x-www-form-urlencoded'
const good = 'projectid=green-id&category=foo&label=bar&value=42'

const odd = fc.oneof(
  { weight: 3, arbitrary: fc.constant('') },
  fc.constantFrom(
    '&time=5',
    '&time=soon',
    '&time=2026-01-31T03:11:00Z',
    '&unit=%25',
    '&value=1',
    '&x=y',
    '%',
    '&',
    '&label=',
  ),
  fc.constantFrom('&__proto__=1', '&projectid=other', '&time=1e15', '&time=9999999999999'),
  fc.string({ maxLength: 8 }),
)
const search = fc
  .tuple(fc.constantFrom(good, good.replace('42', '1e3'), good.replace('green-id', 'nobody'), ''), odd)
  .map((parts) => parts.join(''))
const line = fc.constantFrom(
  'm f=1',
  'm,t=a f=2,g="x" 1769829120000000000',
  'm f=x',
  '',
  'm f=1 5',
  '#',
  'm\u00a0 f=1',
  'm f=1e999',
  '\ud800 f=1',
)
const lines = fc.array(line, { maxLength: 3 }).map((all) => all.join('\n'))
const key = fc.constantFrom(
  'Token green-id',
  'Bearer green-id',
  `Basic ${Buffer.from('me:green-id').toString('base64')}`,
  'Token nobody',
  'x',
  '',
)
const anyHost = fc.constantFrom('127.0.0.1', 'nas.local:5050', 'evil.example')
const anySent: fc.Arbitrary<Sent> = fc.oneof(
  fc.tuple(search, anyHost).map(([text, Host]) => ({
    method: 'GET',
    path: `/add_data_point?${encodeURI(text.toWellFormed())}`,
    headers: { Host },
  })),
  fc
    .tuple(search, fc.constantFrom(form, 'application/json', 'text/plain', `${form}; charset=utf-8`))
    .map(([body, type]) => ({
      ...{ method: 'POST', path: '/add_data_point', body },
      headers: { 'Content-Type': type, 'Content-Length': String(Buffer.byteLength(body)) },
    })),
  fc.jsonValue().map((value) => {
    const fields = { projectid: 'green-id', category: 'foo', label: 'bar', value: 1 }
    const body = JSON.stringify(
      typeof value === 'object' && value !== null ? { ...fields, ...value } : { ...fields, value },
    )
    return {
      method: 'POST',
      path: '/add_data_point',
      body,
      headers: { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(body)) },
    }
  }),
  fc
    .tuple(lines, key, fc.constantFrom('', '&precision=s', '&precision=week', '&p=green-id'))
    .map(([body, Authorization, more]) => ({
      ...{ method: 'POST', path: `/write?db=x${more}`, body },
      headers: { Authorization, 'Content-Length': String(Buffer.byteLength(body)) },
    })),
)

describe('QuickLane', () => {
  test('QuickLane answers and stores as the long way does, whatever comes', async () => {
    const [quick, long] = [await listening(true), await listening(false)]
    await fc.assert(
      fc.asyncProperty(anySent, async (sent) => {
        const answers = await Promise.all([send(quick.port, sent), send(long.port, sent)])
        expect(answers[0]).toEqual(answers[1])
        expect(stored(quick)).toEqual(stored(long))
      }),
      { numRuns: 300 },
    )
    expect(stored(quick).length).toBeGreaterThan(1)
    expect(quick.longWay()).toBeLessThan(long.longWay())
  })

  test('QuickLane keeps plain points from the framework, and leaves the rest to it', async () => {
    const app = await listening(true)
    const quick: Sent[] = [
      { method: 'GET', path: `/add_data_point?${good}&time=1769829060` },
      {
        method: 'POST',
        path: '/add_data_point',
        body: good,
        headers: { 'Content-Type': form, 'Content-Length': String(good.length) },
      },
      { method: 'POST', path: '/write?p=green-id', body: 'm f=1', headers: { 'Content-Length': '5' } },
      {
        method: 'POST',
        path: '/api/v2/write',
        body: 'm f=1',
        headers: { 'Content-Length': '5', Authorization: 'Token green-id' },
      },
    ]
    for (const sent of quick) expect((await send(app.port, sent)).status).toBeLessThan(300)
    expect(app.longWay()).toBe(0)
    const chunked = {
      method: 'POST',
      path: '/write?p=green-id',
      body: Buffer.from('m f=1'),
      headers: { 'Transfer-Encoding': 'chunked' },
    }
    expect((await send(app.port, chunked)).status).toBe(204)
    expect((await send(app.port, { method: 'GET', path: '/healthz' })).status).toBe(503)
    expect(app.longWay()).toBe(2)
  })

  test('QuickLane is not there where every request is logged', async () => {
    const app = await listening(true, { SERVER_DEBUG: 'yes' })
    await send(app.port, { method: 'GET', path: `/add_data_point?${good}` })
    expect(app.logged.join()).toContain('/add_data_point 200')
  })

  test('QuickLane goes on with others when a sender breaks off in the middle of a body', async () => {
    const app = await listening(true)
    const socket = connect(app.port, '127.0.0.1')
    socket.write('POST /write?p=green-id HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 50\r\n\r\nm f=1 17')
    await once(socket, 'connect')
    socket.destroy()
    expect((await send(app.port, { method: 'GET', path: `/add_data_point?${good}` })).status).toBe(200)
    expect(stored(app)).toMatchObject([['foo', 'bar', expect.any(Number), 42]])
  })
})
