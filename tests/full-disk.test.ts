// Generator and server as processes on a disk that is really full: what was acknowledged is safe, what cannot be stored
// is refused or waits, people are told, and all goes on by itself.

import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Catalogue, Values } from '../common/wire.ts'
import { openStore } from '../store/open.ts'
import { startGenerator } from './generator/support/generator-process.ts'
import { type ServerProcess, startServer } from './server/support/server-process.ts'
import { canMount, smallDisk } from './support/small-disk.ts'

const get = async <T>({ url }: ServerProcess, path: string): Promise<T> =>
  (await (await fetch(`${url}${path}`)).json()) as T

const post = ({ url }: ServerProcess, seconds: number): Promise<Response> =>
  fetch(`${url}/add_data_point?projectid=testuuid&category=foo&label=bar&value=42&time=${seconds}`)

/** Asks every 50 ms until it is so; fails by the test's own time. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 50))
}

/** Posts a point a second, beginning in the past, until one is refused. */
async function postUntilRefused(server: ServerProcess, from: number) {
  const acknowledged: number[] = []
  for (let second = from; ; second++) {
    const response = await post(server, second)
    if (!response.ok) return { acknowledged, refused: response, second }
    acknowledged.push(second * 1000)
  }
}

const storageOf = async (server: ServerProcess) => (await get<Catalogue>(server, '/api/v1/catalogue')).storage

const loadTimes = async (server: ServerProcess): Promise<number[]> => {
  const { values } = await get<Values>(server, '/api/v1/latest')
  return values.flatMap(({ category, time }) => (category === 'load' ? [time] : []))
}

function storedTimes(folder: string, category: string): number[] {
  const store = openStore({ file: join(folder, 'data.db') })
  onTestFinished(() => store.close())
  const all = store.since(0).points.filter((point) => point.category === category)
  return [...new Set(all.map(({ time }) => time))].sort((a, b) => a - b)
}

test.skipIf(!canMount)(
  'a full disk costs no acknowledged point, is told to people, and all goes on after it',
  async () => {
    const disk = smallDisk(8)
    const generator = startGenerator(disk.folder)
    const server = await startServer({ folder: disk.folder })
    await generator.ready
    const from = Math.floor(Date.now() / 1000) - 86_400
    expect((await post(server, from - 1)).status).toBe(200)

    disk.fill()
    const { acknowledged, refused, second } = await postUntilRefused(server, from)
    expect(refused.status).toBe(503)
    expect(refused.headers.get('Retry-After')).toBe('1')
    expect(await refused.json()).toMatchObject({
      error: { code: 'unavailable', message: expect.stringMatching(/full/) },
    })
    await until(async () => generator.stderr().includes('cannot store'))
    await until(async () => !(await storageOf(server)).ok)
    expect((await storageOf(server)).message).toMatch(/full/)
    expect(await get(server, '/healthz')).toMatchObject({ storage: { ok: false } })
    const [lastBefore = 0] = await loadTimes(server)

    disk.clear()
    await until(async () => (await post(server, second)).ok)
    await until(async () => (await storageOf(server)).ok)
    await until(async () => ((await loadTimes(server))[0] ?? 0) > lastBefore + 2000)
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200)

    generator.child.kill('SIGTERM')
    expect(await generator.ended).toBe(0)
    expect(await server.end('SIGTERM')).toBe(0)
    expect(generator.stderr()).toMatch(/^generator: cannot store: .*\ngenerator: stores again\n$/)
    expect(storedTimes(disk.folder, 'foo')).toEqual([(from - 1) * 1000, ...acknowledged, second * 1000])
    const loads = storedTimes(disk.folder, 'load')
    expect(loads).toEqual(loads.map((_, index) => (loads[0] ?? 0) + index * 1000))
  },
)
