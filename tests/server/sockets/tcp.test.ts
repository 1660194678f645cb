import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { parseSettings } from '../../../common/settings.ts'
import { longestLine } from '../../../server/sockets/line-splitter.ts'
import { listenTcp } from '../../../server/sockets/tcp.ts'
import { testApp } from '../support/test-app.ts'

const run = promisify(execFile)

async function listening(env: Record<string, string> = {}) {
  const app = testApp()
  const settings = parseSettings({
    file: 'settings.conf',
    env: { POCKETSTATS_TCP_HOST: '127.0.0.1', ...env },
  })
  const log = (line: string) => app.logged.push(line)
  const listener = await listenTcp({ ...app, log }, settings)
  onTestFinished(() => listener.close())
  /** Newest values by `category/label`, of the project of this name. */
  const values = (name = 'TCP'): Record<string, number> => {
    const project = app.appStore.projects().find((one) => one.name === name)
    const latest = project ? app.store.latest(project.key) : []
    return Object.fromEntries(latest.map(({ category, label, value }) => [`${category}/${label}`, value]))
  }
  return { ...app, port: listener.port, values }
}

async function open(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  await once(socket, 'connect')
  return socket
}

/** Sends the pieces one by one, ends, and resolves with what was answered. */
async function send(port: number, ...pieces: (string | Buffer)[]): Promise<string> {
  const socket = await open(port)
  socket.setNoDelay()
  const answered: Buffer[] = []
  socket.on('data', (piece: Buffer) => answered.push(piece))
  for (const piece of pieces) {
    socket.write(piece)
    await pause(5)
  }
  socket.end()
  await once(socket, 'close')
  return Buffer.concat(answered).toString()
}

describe('tcp', () => {
  test("tcp takes objects of JSON, Graphite's lines and InfluxDB's, each line by itself", async () => {
    const { port, values } = await listening()
    const answer = await send(
      port,
      [
        '{"category": "foo", "label": "bar", "value": 42}',
        'servers.nas.load 1.5 -1',
        'tank;room=cellar 7',
        'cpu,host=nas usage=3.5,idle=96i',
        '',
      ].join('\r\n'),
    )
    expect(answer).toBe('')
    expect(values()).toEqual({
      'foo/bar': 42,
      'servers nas/load': 1.5,
      'tank room=cellar/value': 7,
      'cpu host=nas/usage': 3.5,
      'cpu host=nas/idle': 96,
    })
  })

  test.skipIf(!existsSync('/bin/bash'))(
    "tcp takes bash's /dev/tcp: the address names the machine, a time is today's",
    async () => {
      const app = await listening()
      const clock = new Date(app.clock.now()).toTimeString().slice(0, 8)
      const line = `{"timestamp": "${clock}", "processes": 93, "cpuUsage": 3.5, "memoryUsage": 812345}`
      await run('/bin/bash', ['-c', `echo '${line}' > /dev/tcp/127.0.0.1/${app.port}`])
      await expect
        .poll(() => app.values())
        .toEqual({ 'processes/127.0.0.1': 93, 'cpuUsage/127.0.0.1': 3.5, 'memoryUsage/127.0.0.1': 812345 })
      const [project] = app.appStore.projects()
      const times = app.store.latest(project?.key ?? '').map(({ time }) => time)
      expect(new Set(times)).toEqual(new Set([app.clock.now()]))
    },
  )

  test('tcp takes lines in pieces, many in one, and the last without its end', async () => {
    const { port, values } = await listening()
    const many = Array.from({ length: 5000 }, (_, i) => `many.n${i % 10} ${i}\n`).join('')
    await send(port, 'a.b', ' 1 -1\na.c 2', ` -1\n${many}`, '{"category":"a","label":"d","val', 'ue":3}')
    expect(values()).toMatchObject({ 'a/b': 1, 'a/c': 2, 'a/d': 3, 'many/n9': 4999 })
  })

  test('tcp tells a sender what it did not take, takes the rest, and logs it once', async () => {
    const app = await listening()
    const answer = await send(app.port, 'nonsense\n{"a": \nok.x 1\n{"a": "text"}\nnew.y 1 99999999999\n')
    expect(answer).toContain('error: "nonsense": missing fields')
    expect(answer).toContain('is not an object of JSON')
    expect(answer).toContain('no number in it')
    expect(answer).toContain('time is in the future')
    expect(app.values()).toEqual({ 'ok/x': 1 })
    expect(app.logged.filter((line) => line.startsWith('tcp: refused from 127.0.0.1'))).toHaveLength(1)
  })

  test('tcp stores for the project whose id a line names, and for no other', async () => {
    const app = await listening({ POCKETSTATS_TCP_PROJECT: 'Cellar' })
    const own = app.appStore.createProject({ name: 'Greenhouse', kind: 'custom' })
    const point = '"category": "bed", "label": "damp", "value": 5'
    const answer = await send(
      app.port,
      `{"projectid": "${own.id}", ${point}}\n{"projectid": "wrong", ${point}}\nx.y 1\n`,
    )
    expect(answer).toContain('no project with the id')
    expect(app.values('Greenhouse')).toEqual({ 'bed/damp': 5 })
    expect(app.values('Cellar')).toEqual({ 'x/y': 1 })
  })

  test('tcp ends a sender whose line does not end, and goes on for others', async () => {
    const app = await listening()
    const socket = await open(app.port)
    socket.on('error', () => {})
    const closed = once(socket, 'close')
    socket.write('x'.repeat(longestLine + 1))
    socket.resume()
    await closed
    await send(app.port, 'a.b 1\n')
    expect(app.values()).toEqual({ 'a/b': 1 })
  })

  test('tcp reads no more from a sender while its points cannot be stored, and then loses none', async () => {
    const app = await listening()
    const key = app.appStore.createProject({ name: 'TCP', kind: 'custom' }).key
    app.appStore.updateProject(key, { maxPointsPerSecond: 1 })
    const socket = await open(app.port)
    const line = (n: number) => `a text="${'x'.repeat(8000)}",n=${n}\n`
    let sent = 0
    while (sent < 3000 && socket.write(line(sent))) sent++
    await pause(300)
    // What does not fit into the buffers of the network waits with its sender.
    expect(socket.writableLength).toBeGreaterThan(0)
    app.appStore.updateProject(key, { maxPointsPerSecond: null })
    await expect.poll(() => app.values()['a/n'], { timeout: 15_000 }).toBe(sent)
    socket.destroy()
  })

  test('tcp survives whatever bytes come, and takes the good line behind them', async () => {
    const app = await listening()
    let count = 0
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 6 }), async (pieces) => {
        count++
        await send(
          app.port,
          ...pieces.map((piece) => Buffer.from(piece)),
          `\nfine.n 1\nfine.count ${count}\n`,
        )
        expect(app.values()['fine/count']).toBe(count)
      }),
      { numRuns: 25 },
    )
  })
})
