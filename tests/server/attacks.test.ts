// What somebody on the network, or a web page in the owner's browser, may try: each attempt is refused with the right
// status, and the others go on being served.

import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { parseSettings } from '../../common/settings.ts'
import { listen } from '../../server/listen.ts'
import { startServer } from './support/server-process.ts'
import { pairedCookie, type TestApp, temporaryFolder, testApp } from './support/test-app.ts'

const json = { 'Content-Type': 'application/json' }

/** All that a server answers to these bytes on a connection of their own, until it ends. */
async function exchange(port: number, bytes: string | Buffer): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  let answer = ''
  socket.setEncoding('latin1').on('data', (text: string) => {
    answer += text
  })
  socket.write(bytes)
  await once(socket, 'close')
  return answer
}

const get = (target: string, headers = 'Host: localhost'): string =>
  `GET ${target} HTTP/1.1\r\n${headers}\r\nConnection: close\r\n\r\n`

/** The app on a real port, with timeouts of fractions of a second. */
async function impatientServer(): Promise<number> {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'web', 'assets'), { recursive: true })
  writeFileSync(join(folder, 'web', 'index.html'), '<!doctype html><title>Pocketstats</title>')
  writeFileSync(join(folder, 'web', 'assets', 'a.js'), 'export {}')
  const { app } = testApp({ folder, assetsFolder: join(folder, 'web') })
  const settings = parseSettings({ file: 'settings.conf', env: {} }).Server
  const timeouts = {
    ...{ headersTimeout: 200, requestTimeout: 400 },
    ...{ connectionsCheckingInterval: 50, keepAliveTimeout: 1000 },
  }
  const door = { ...settings, Host: '127.0.0.1', Port: 0, RestPort: 0 }
  const server = await listen(app, door, null, undefined, timeouts)
  onTestFinished(() => server.close())
  return server.port
}

interface Operation {
  path: string
  method: string
  tags: string[]
}

/** Every way to change something by what a browser sends of itself. */
async function changingRoutes(app: TestApp): Promise<Operation[]> {
  const { paths } = (await (await app.request('/api/v1/openapi.json')).json()) as {
    paths: Record<string, Record<string, { tags: string[] }>>
  }
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { tags }]) => ({
      ...{ path: path.replace(/\{\w+\}/g, '1'), method: method.toUpperCase(), tags },
    })),
  )
  // Adding points takes a project's id, which no other site knows, and no cookie.
  return all.filter(
    ({ method, tags }) => method !== 'GET' && !tags.some((tag) => ['points', 'formats'].includes(tag)),
  )
}

describe('a page of another site', () => {
  test('a page of another site changes nothing, although the browser sends the cookie of an owner with it', async () => {
    const app = testApp()
    const Cookie = await pairedCookie(app)
    const routes = await changingRoutes(app)
    expect(routes.length).toBeGreaterThan(8)
    for (const { path, method } of routes) {
      for (const sign of [
        { Origin: 'http://evil.example' },
        { 'Sec-Fetch-Site': 'cross-site' },
        { Origin: 'null' },
      ]) {
        const headers = { Cookie, ...json, ...sign } as Record<string, string>
        const { status } = await app.request(path, { method, headers, body: '{}' })
        expect([method, path, [401, 403].includes(status)]).toEqual([method, path, true])
      }
    }
    expect(app.appStore.devices()).toHaveLength(1)
  })

  test('a page of another site is told nothing by any header, also when it asks before', async () => {
    const app = testApp()
    for (const path of ['/', '/api/v1/projects', '/api/v1/pair', '/add_data_point', '/install.webmanifest']) {
      for (const method of ['GET', 'OPTIONS', 'POST']) {
        const headers = { Origin: 'http://evil.example', 'Access-Control-Request-Method': 'POST' }
        const response = await app.request(path, {
          method,
          headers,
          ...(method === 'POST' && { body: '{}' }),
        })
        const names = [...response.headers.keys()].filter((name) => name.startsWith('access-control'))
        expect([path, method, names]).toEqual([path, method, []])
      }
    }
  })
})

/** Where files lie that are nobody's business, and a word that stands in them. */
const outside = [
  ['/../settings.conf', 'HTTP'],
  ['/../../../../etc/passwd', 'root:'],
  ['/assets/../../app.db', 'SQLite'],
  ['/assets/..%2f..%2fapp.db', 'SQLite'],
  ['/assets/%2e%2e/%2e%2e/app.db', 'SQLite'],
  ['/assets/..%5c..%5capp.db', 'SQLite'],
  ['/assets/....//....//app.db', 'SQLite'],
  ['//etc/passwd', 'root:'],
  ['/%00/app.db', 'SQLite'],
  ['/assets/a.js%00.html', 'export'],
  ['/%c0%ae%c0%ae/app.db', 'SQLite'],
  ['/%', 'export'],
] as const

describe('strange requests', () => {
  test('a path out of the folder of the app ends nowhere', async () => {
    const port = await impatientServer()
    for (const [path, secret] of outside) {
      const [head, body = ''] = (await exchange(port, get(path))).split('\r\n\r\n')
      expect([path, head]).toEqual([path, expect.stringMatching(/^HTTP\/1\.1 40[04] /)])
      expect(body).not.toContain(secret)
    }
  })

  test('headers without end are refused with 431, bodies with 413, also where no length is said', async () => {
    const port = await impatientServer()
    expect(await exchange(port, get('/', `Host: localhost\r\nX: ${'x'.repeat(20_000)}`))).toMatch(
      /^HTTP\/1\.1 431 /,
    )
    const many = Array.from({ length: 3000 }, (_, i) => `X-${i}: y`).join('\r\n')
    expect(await exchange(port, get('/', `Host: localhost\r\n${many}`))).toMatch(/^HTTP\/1\.1 431 /)
    expect(await exchange(port, get(`/?${'x'.repeat(20_000)}`))).toMatch(/^HTTP\/1\.1 431 /)
    const post =
      'POST /api/v1/pair HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\n'
    const large = 'x'.repeat(70_000)
    const said = `${post}Content-Length: ${large.length}\r\n\r\n${large}`
    const chunked = `${post}Transfer-Encoding: chunked\r\n\r\n${large.length.toString(16)}\r\n${large}\r\n0\r\n\r\n`
    for (const bytes of [said, chunked]) expect(await exchange(port, bytes)).toMatch(/^HTTP\/1\.1 413 /)
  })

  test('a request that means two things at once is refused', async () => {
    const port = await impatientServer()
    const both =
      'POST /api/v1/pair HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n'
    expect(await exchange(port, `${both}0\r\n\r\n`)).toMatch(/^HTTP\/1\.1 400 /)
    expect(await exchange(port, 'GET / HTTP/1.1\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /)
  })

  test('who sends slowly is cut off, and does not keep others waiting', async () => {
    const port = await impatientServer()
    const post =
      'POST /api/v1/pair HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{'
    const slow = ['GET / HTTP/1.1\r\nHost: loc', post].flatMap((start) =>
      Array.from({ length: 100 }, () => exchange(port, start)),
    )
    const began = performance.now()
    expect(await exchange(port, get('/api/v1/openapi.json'))).toMatch(/^HTTP\/1\.1 200 /)
    expect(performance.now() - began).toBeLessThan(1000)
    const answers = await Promise.all(slow)
    expect(answers.every((answer) => answer === '' || answer.startsWith('HTTP/1.1 408 '))).toBe(true)
    expect(performance.now() - began).toBeLessThan(5000)
  })
})

describe('the log', () => {
  test('the log holds no id, code, token or cookie, whatever goes wrong', async () => {
    const server = await startServer({ settings: { SERVER_DEBUG: 'yes', SERVER_TRUSTLOOPBACK: 'no' } })
    const secrets = ['SECRETPROJECTID', 'SECRETCODE', 'SECRETTOKEN', 'SECRETCOOKIE']
    const [id, code, token, cookie] = secrets
    const headers = {
      Authorization: `Bearer ${token}`,
      Cookie: `pocketstats_${server.port}=${cookie}`,
      ...json,
    }
    for (const [path, init] of [
      [`/add_data_point?projectid=${id}&category=foo&label=bar&value=42`, {}],
      [`/add_data_point?projectid=${id}&category=foo&label=bar&value=wrong`, {}],
      ['/api/v1/pair', { method: 'POST', body: JSON.stringify({ code, name: 'x' }) }],
      ['/api/v1/pair', { method: 'POST', body: `{"code": "${code}"` }],
      [`/api/v1/projects?code=${code}&projectid=${id}`, {}],
      [`/?projectid=${id}`, {}],
    ] as const) {
      await (await fetch(server.url + path, { headers, ...init })).arrayBuffer()
    }
    await server.end('SIGTERM')
    expect(
      server
        .output()
        .split('\n')
        .filter((line) => line.includes('/api/v1/pair')),
    ).toHaveLength(2)
    for (const secret of secrets) expect(server.output()).not.toContain(secret)
  })
})
