import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openAppStore } from '../../store/app.ts'
import { openStore } from '../../store/open.ts'
import { EventReader } from './support/event-reader.ts'
import { failingServer, freePort, type ServerProcess, startServer } from './support/server-process.ts'
import { temporaryFolder } from './support/test-app.ts'

const seed = '/add_data_point?projectid=testuuid&category=foo&label=bar&value=42'

function databases({ folder }: Pick<ServerProcess, 'folder'>) {
  const store = openStore({ file: join(folder, 'data.db') })
  const appStore = openAppStore({ file: join(folder, 'app.db') })
  onTestFinished(() => {
    store.close()
    appStore.close()
  })
  return { store, appStore }
}

async function listen(url: string): Promise<EventReader> {
  const abort = new AbortController()
  onTestFinished(() => abort.abort())
  const reader = new EventReader(await fetch(url, { signal: abort.signal }))
  await reader.next('hello')
  return reader
}

const pointEvents = ({ events }: EventReader): number =>
  events.filter(({ event }) => event === 'points').length

/** A program that holds a port on the address. */
async function occupant(address: string): Promise<number> {
  const server = createServer().listen(0, address)
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
  })
  const bound = server.address()
  return typeof bound === 'object' && bound ? bound.port : 0
}

/** What comes back for raw bytes. */
async function talk(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let answer = ''
  socket.on('data', (chunk) => {
    answer += chunk.toString()
  })
  socket.on('error', () => {})
  socket.write(text)
  await once(socket, 'close')
  return answer
}

describe('server', () => {
  test("server takes the original's line to the letter on its second port", async () => {
    const server = await startServer()
    const response = await fetch(`http://127.0.0.1:${server.restPort}${seed}`)
    expect(response.status).toBe(200)
    const { store, appStore } = databases(server)
    const key = appStore.projectById('testuuid')?.key ?? ''
    expect(store.latest(key)).toMatchObject([{ category: 'foo', label: 'bar', value: 42 }])
  })

  test('server says where it listens and which process it is', async () => {
    const server = await startServer()
    const ports = [server.port, server.restPort]
    expect(server.output()).toBe(
      `server: http://0.0.0.0:${ports[0]}/ and http://127.0.0.1:${ports[1]}/ (this machine only)\n`,
    )
    expect(databases(server).appStore.processes()).toMatchObject([{ name: 'server', pid: server.child.pid }])
  })

  test('server reads the settings file that --config names', async () => {
    const folder = temporaryFolder()
    const file = join(folder, 'other.conf')
    writeFileSync(file, '[Server]\nDebug = yes\n')
    const server = await startServer({ args: ['--config', file] })
    await fetch(`${server.url}${seed}`)
    await fetch(`${server.url}/register?name=secretname`)
    await server.end('SIGTERM')
    const lines = server.output().trim().split('\n').slice(1)
    expect(lines).toEqual([
      expect.stringMatching(/^server: GET \/add_data_point 200 \d+\.\d ms$/),
      expect.stringMatching(/^server: GET \/register 200 \d+\.\d ms$/),
    ])
  })

  test('server opens its second port to this machine only', async () => {
    const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
    const outside = addresses.find(({ family, internal }) => family === 'IPv4' && !internal)?.address
    const server = await startServer()
    expect((await fetch(`http://127.0.0.1:${server.restPort}/healthz`)).status).toBe(503)
    if (!outside) return
    expect((await fetch(`http://${outside}:${server.port}/healthz`)).status).toBe(503)
    await expect(fetch(`http://${outside}:${server.restPort}/healthz`)).rejects.toThrow()
    expect((await fetch(`http://${outside}:${server.port}${seed}`)).status).toBe(404)
  })

  test('server serves the points that another process stores, live', async () => {
    const server = await startServer()
    const { store, appStore } = databases(server)
    const { key } = appStore.machineProject('nas')
    const reader = await listen(`${server.url}/api/v1/stream?project=nas`)
    for (let value = 0; value < 5; value++) {
      store.append([{ project: key, category: 'load', label: '1 min', time: Date.now(), value }])
      await reader.until(() => pointEvents(reader) > value, 'the point')
    }
    await fetch(
      `${server.url}/add_data_point?projectid=${appStore.projectByKey(key)?.id}&category=new&label=x&value=9`,
    )
    const began = performance.now()
    await reader.until(() => reader.text.includes(':9}'), 'the custom point')
    expect(performance.now() - began).toBeLessThan(1000)
    expect(reader.events.at(-2)?.event).toBe('catalogue')
  })

  test('server loses no acknowledged point when it is killed', async () => {
    const folder = temporaryFolder()
    const acknowledged = new Set<number>()
    let next = 0
    for (let round = 0; round < 3; round++) {
      const server = await startServer({ folder })
      const post = async (): Promise<void> => {
        for (;;) {
          const value = next++
          const time = Date.now() - 3_600_000 + value
          const point = { projectid: 'testuuid', category: 'foo', label: `bar ${value % 3}`, value, time }
          const response = await fetch(`${server.url}/add_data_point`, {
            method: 'POST',
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify(point),
          })
          if (response.status === 200) acknowledged.add(value)
        }
      }
      const clients = [post(), post(), post(), post()].map((client) => client.catch(() => 'cut'))
      const enough = acknowledged.size + 50 + Math.floor(Math.random() * 100)
      while (acknowledged.size < enough) await new Promise((resolve) => setTimeout(resolve, 1))
      expect(await server.end('SIGKILL')).toBe('SIGKILL')
      await Promise.all(clients)
    }
    const { store, appStore } = databases({ folder })
    const key = appStore.projectById('testuuid')?.key ?? ''
    const stored = new Set<number>()
    let position = 0
    for (;;) {
      const batch = store.since(position)
      if (batch.position === position) break
      for (const { project, value } of batch.points) if (project === key) stored.add(value)
      position = batch.position
    }
    expect(acknowledged.size).toBeGreaterThan(150)
    expect([...acknowledged].filter((value) => !stored.has(value))).toEqual([])
  })

  test('server ends within a second of SIGTERM, whoever still listens', async () => {
    const server = await startServer()
    const reader = await listen(`${server.url}/api/v1/stream?project=${await project(server)}`)
    const half = connect(server.port, '127.0.0.1')
    half.on('error', () => {})
    half.write('POST /add_data_point HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n')
    await once(half, 'connect')
    const began = performance.now()
    expect(await server.end('SIGTERM')).toBe(0)
    expect(performance.now() - began).toBeLessThan(1000)
    await reader.until(() => reader.ended, 'the end')
  })

  test('server ends when whoever started it is gone', async () => {
    const server = await startServer()
    const ended = once(server.child, 'exit')
    server.child.disconnect()
    expect((await ended)[0]).toBe(0)
  })

  test('server cuts off a client that does not read, and serves the others', async () => {
    const server = await startServer()
    const { store, appStore } = databases(server)
    const { key } = appStore.machineProject('nas')
    const slow = connect(server.port, '127.0.0.1')
    slow.on('error', () => {})
    onTestFinished(() => {
      slow.destroy()
    })
    slow.write('GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\n\r\n')
    await once(slow, 'readable')
    const reader = await listen(`${server.url}/api/v1/stream`)
    // More than the kernel keeps for a socket at both ends.
    const enough = 14_000_000
    let time = Date.now()
    while (reader.text.length < enough) {
      const rounds = pointEvents(reader)
      store.append(manyPoints(key, ++time))
      await reader.until(() => pointEvents(reader) > rounds, 'the round')
    }
    const closed = once(slow, 'close')
    slow.resume()
    await closed
    expect(slow.bytesRead).toBeLessThan(enough)
    expect(reader.ended).toBe(false)
    expect(server.output().trim().split('\n')).toHaveLength(1)
  }, 120_000)

  test.each<[string, string, string]>([
    ['no Host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', '400'],
    ['a broken Host', 'GET / HTTP/1.1\r\nHost: a@b/c\r\nConnection: close\r\n\r\n', '400'],
    ['a foreign Host', 'GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n', '403'],
    [
      'a foreign address',
      'GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
      '403',
    ],
    ['huge headers', `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, '431'],
    ['no HTTP at all', 'hello\r\n\r\n', '400'],
    [
      'a body that says it is too big',
      `POST /add_data_point HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 100000\r\n\r\n`,
      '413',
    ],
    [
      'a body that turns out too big',
      `POST /add_data_point HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n11170\r\n${'x'.repeat(70_000)}\r\n0\r\n\r\n`,
      '413',
    ],
  ])('server refuses %s', async (_what, request, status) => {
    const server = await startServer()
    expect(await talk(server.port, request)).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect((await fetch(`${server.url}/api/v1/session`)).status).toBe(200)
  })
})

const manyPoints = (project: string, time: number) =>
  Array.from({ length: 15_000 }, (_, i) => ({
    ...{ project, time, category: 'many', label: `label ${i}`, value: Math.random() },
  }))

/** Makes a project by a first point; its name. */
async function project({ url }: ServerProcess): Promise<string> {
  await fetch(`${url}${seed}`)
  return 'testuuid'
}

describe('server that cannot start', () => {
  test.each<['Port' | 'RestPort', string]>([
    ['Port', '0.0.0.0'],
    ['RestPort', '127.0.0.1'],
  ])('server says in one line that %s is in use', async (setting, address) => {
    const port = await occupant(address)
    const { code, output } = await failingServer({
      settings: { [`SERVER_${setting.toUpperCase()}`]: String(port) },
    })
    expect(code).toBe(1)
    expect(output).toBe(
      `port ${port} is in use by another program; set [Server] ${setting} in settings.conf to a free port\n`,
    )
  })

  test('server says that an address is not this machine’s', async () => {
    const { code, output } = await failingServer({ settings: { SERVER_HOST: '203.0.113.7' } })
    expect(code).toBe(1)
    expect(output).toMatch(/^203\.0\.113\.7 is not an address of this machine; set \[Server\] Host .*\n$/)
  })

  test.each<[string, Record<string, string>, RegExp]>([
    [
      'a setting',
      { SERVER_PORT: 'many' },
      /^environment POCKETSTATS_SERVER_PORT: Port = many: expected a port number/,
    ],
    ['a folder', { GENERATOR_DATABASEDIRECTORY: '/dev/null/data' }, /^[^\n]*\/dev\/null\/data[^\n]*\n$/],
  ])('server says what is wrong with %s', async (_what, settings, expected) => {
    const { code, output } = await failingServer({ settings })
    expect(code).toBe(1)
    expect(output).toMatch(expected)
  })

  test('server says that a settings file is missing', async () => {
    const { code, output } = await failingServer({ args: ['--config', '/nowhere/settings.conf'] })
    expect([code, output]).toEqual([1, '--config /nowhere/settings.conf: there is no such file\n'])
  })

  test('server needs no second port where it is the first', async () => {
    const port = String(await freePort())
    const server = await startServer({ settings: { SERVER_PORT: port, SERVER_RESTPORT: port } })
    expect([server.port, server.restPort]).toEqual([Number(port), Number(port)])
    expect((await fetch(`${server.url}${seed}`)).status).toBe(200)
  })
})
