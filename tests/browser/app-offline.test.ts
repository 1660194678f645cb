// The app without a network, and after one came back: it opens with what was seen last, says how old that is, never
// calls it live, and is live again as soon as it can be.

import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Request } from 'playwright-core'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { QueryResult } from '../../common/wire.ts'
import { openStore } from '../../store/open.ts'
import { type AppPage, launchChromium, openApp } from './support/app-page.ts'
import { Gateway } from './support/gateway.ts'
import { type Instance, startInstance } from './support/instance.ts'
import { patience, until } from './support/until.ts'

vi.setConfig(patience)

let instance: Instance
let browser: Browser
let app: AppPage
let gateway: Gateway

beforeAll(async () => {
  instance = await startInstance()
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  await instance?.close()
})

beforeEach(async () => {
  gateway = new Gateway(instance.url)
  await gateway.start()
})

afterEach(async () => {
  expect(app.complaints).toEqual([])
  await app.context.close()
  await gateway.close()
})

const isLive = (): Promise<unknown> => app.page.locator('.state[data-state="live"]').waitFor()
const nobody = { status: 502 }

/** What is kept on the device: projects' screens, and runs of buckets. */
const kept = (): Promise<[number, number]> =>
  app.page.evaluate(async () => {
    const opening = indexedDB.open('pocketstats')
    await new Promise((resolve) => opening.addEventListener('success', resolve))
    const counts = ['screens', 'blocks'].map(async (name) => {
      const counting = opening.result.transaction(name).objectStore(name).count()
      await new Promise((resolve) => counting.addEventListener('success', resolve))
      return counting.result
    })
    const [screens = 0, blocks = 0] = await Promise.all(counts)
    opening.result.close()
    return [screens, blocks]
  })

/** The app on a phone that has used it, with its worker and what it has seen. */
async function openUsed(): Promise<void> {
  app = await openApp(browser, gateway.url)
  await app.ready()
  await isLive()
  await app.page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state)
  await until(async () => {
    const [screens, blocks] = await kept()
    expect(screens).toBe(1)
    expect(blocks).toBeGreaterThan(3)
  })
}

/** Adds what the machine's load was in the ten minutes before `time` (ms). */
function remember(time: number): void {
  const store = openStore({ file: join(instance.folder, 'data.db') })
  const project = store.projects()[0] ?? ''
  const times = Array.from({ length: 600 }, (_, second) => time - second * 1000)
  store.append(times.map((at) => ({ project, category: 'load', label: '1 min', time: at, value: 1 })))
  store.close()
}

describe('without a network', () => {
  test('the app opens with what was seen last and its age, and is live at once when it is back', async () => {
    await instance.addPoint({ projectid: 'cellar', category: 'wine', label: 'red', value: 42 })
    await openUsed()
    await until(async () => expect(await app.value('wine', 'red').textContent()).toBe('42'))
    await app.page.waitForTimeout(3000)
    gateway.answer = () => nobody
    gateway.drop()
    await app.context.setOffline(true)
    await app.page.reload()
    await app.ready()
    await until(async () => expect(await app.value('wine', 'red').textContent()).toBe('42'))
    await until(async () =>
      expect(await app.page.locator('.state').innerText()).toMatch(/Offline\s+data of .* ago/),
    )
    expect((await app.shown()).live).toBe(false)
    // The cursor rests on points that exist: those of the graph are there, too.
    await app.card('load').locator('.graph-plot').focus()
    await app.page.keyboard.press('ArrowLeft')
    await until(async () => expect(await app.value('load', '1 min').textContent()).toMatch(/\d/))
    expect((await app.shown()).cursor).toBeGreaterThan(0)
    expect(await app.violations()).toEqual([])
    gateway.answer = () => null
    const began = Date.now()
    await app.context.setOffline(false)
    await isLive()
    // Half of that where nothing else runs.
    expect(Date.now() - began).toBeLessThan(4000)
    await until(async () => expect((await app.shown()).to).toBeGreaterThan(began))
  })

  test('a server that does not answer is not waited for', async () => {
    await openUsed()
    const silent = new Promise<never>(() => {})
    await app.page.route('**/api/**', () => silent)
    await app.page.reload()
    await app.ready()
    expect(await app.page.locator('.state').innerText()).toMatch(/Connecting …\s+data of \d\d:\d\d:\d\d, /)
    expect((await app.shown()).live).toBe(false)
  })

  test('another database, and a session that has ended, make the device forget', async () => {
    await openUsed()
    await app.page.evaluate(async () => {
      const opening = indexedDB.open('pocketstats')
      await new Promise((resolve) => opening.addEventListener('success', resolve))
      const writing = opening.result.transaction('screens', 'readwrite')
      writing.objectStore('screens').put({ key: 'of the other database', seenAt: 0, project: {} })
      await new Promise((resolve) => writing.addEventListener('complete', resolve))
      opening.result.close()
    })
    expect((await kept())[0]).toBe(2)
    gateway.rewrite = (text) => text.replace(/"database":"[^"]*"/, '"database":"another"')
    await app.page.reload()
    await app.ready()
    await until(async () => expect((await kept())[0]).toBeLessThan(2))
    const body = JSON.stringify({ error: { code: 'unauthorized', message: 'this device is not paired' } })
    const headers = { 'content-type': 'application/json' }
    gateway.answer = (path) => (path.startsWith('/api/') ? { status: 401, headers, body } : null)
    gateway.drop()
    await app.page.getByRole('heading', { name: 'Pair this device' }).waitFor()
    await until(async () => expect(await kept()).toEqual([0, 0]))
  })
})

describe('what was seen', () => {
  test('is not asked for again, in this visit or the next', async () => {
    const hourAgo = Date.now() - 3_600_000
    remember(hourAgo)
    const isThere = (): Promise<unknown> =>
      until(async () => expect(await app.value('load', '1 min').textContent()).toBe('1'))
    app = await openApp(browser, `${gateway.url}?from=${hourAgo - 600_000}&to=${hourAgo}`)
    await isThere()
    const questions: Request[] = []
    app.page.on('request', (request) => request.url().includes('/query?') && questions.push(request))
    await until(async () => expect((await kept())[1]).toBeGreaterThan(3))
    await app.page.reload()
    await isThere()
    await app.page.waitForTimeout(1500)
    const again = questions
      .map((request) => new URL(request.url()).searchParams)
      .filter((asked) => asked.getAll('category').includes('load'))
      .filter((asked) => Number(asked.get('from')) < hourAgo - 60_000)
      .filter((asked) => Number(asked.get('to')) > hourAgo - 540_000)
    expect(again.map(String)).toEqual([])
  })
})

test('a point that is added without a network is sent when it is back, and counts once', async () => {
  const code = await addPointScript()
  await openUsed()
  const own = (path: string) =>
    path === '/add-point.js'
      ? { status: 200, headers: { 'content-type': 'text/javascript' }, body: code }
      : null
  gateway.answer = own
  const add = (value: number): Promise<unknown> => {
    const point = JSON.stringify({ projectid: 'diary', category: 'mood', label: 'cat', value })
    // As text: what runs tests would take the import for one of its own.
    return app.page.evaluate(
      `import('/add-point.js').then(({ addPoint }) => addPoint(${point})).catch(({ message }) => message)`,
    )
  }
  expect(await add(1)).toBe('sent')
  gateway.answer = (path) => own(path) ?? nobody
  gateway.drop()
  expect(await add(2)).toBe('waiting')
  expect(await add(3)).toBe('waiting')
  // The server gets them, but nobody hears its answer: they are sent once more.
  gateway.swallows = (path) => path === '/add_data_point'
  gateway.answer = own
  expect(await add(4)).toBe('waiting')
  gateway.swallows = () => false
  gateway.drop()
  await isLive()
  const from = Date.now() - 600_000
  await until(async () => {
    const { categories } = await instance.api<QueryResult>(
      `/query?project=diary&category=mood&from=${from}&to=${Date.now() + 1000}&buckets=1`,
    )
    const { count, min, max } = categories[0]?.series[0] ?? {}
    const sums = [count, min, max].map((column) => column?.findLast((one) => one !== null))
    expect(sums).toEqual([4, 1, 4])
  })
  expect(await add(Number.NaN)).toMatch(/value/)
})

/** What the app's forms call, as a script of its own. */
async function addPointScript(): Promise<string> {
  const entry = fileURLToPath(new URL('../../web/data/add-point.ts', import.meta.url))
  const lib = { entry, formats: ['es' as const], fileName: 'add-point' }
  const rolldownOptions = { output: { codeSplitting: false } }
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: { lib, write: false, rolldownOptions },
  })
  const [result] = [built].flat()
  const chunk = result && 'output' in result ? result.output[0] : undefined
  return chunk?.type === 'chunk' ? chunk.code : ''
}

test('what was seen longest ago goes when there is too much of it', async () => {
  await openUsed()
  await app.page.evaluate(async () => {
    const opening = indexedDB.open('pocketstats')
    await new Promise((resolve) => opening.addEventListener('success', resolve))
    const writing = opening.result.transaction(['blocks', 'holdings'], 'readwrite')
    const span = { from: 0, until: 1000, stepMs: 1000, savedAt: 1, usedAt: 1, settled: false, visit: '' }
    writing.objectStore('blocks').put({ ...span, id: 'old', project: 'x', category: 'y', bytes: 40e6 })
    writing.objectStore('holdings').put({}, 'old')
    await new Promise((resolve) => writing.addEventListener('complete', resolve))
    opening.result.close()
  })
  await app.page.reload()
  await app.ready()
  const old = (): Promise<number> =>
    app.page.evaluate(async () => {
      const opening = indexedDB.open('pocketstats')
      await new Promise((resolve) => opening.addEventListener('success', resolve))
      const counting = opening.result.transaction('holdings').objectStore('holdings').count('old')
      await new Promise((resolve) => counting.addEventListener('success', resolve))
      opening.result.close()
      return counting.result
    })
  await until(async () => expect(await old()).toBe(0))
})

describe('a connection that is dead without anybody having said so', () => {
  test('is opened anew after a sleep, and goes on where it stopped', async () => {
    await openUsed()
    const streams: Request[] = []
    app.page.on('request', (request) => request.url().includes('/stream?') && streams.push(request))
    await app.page.evaluate(() => {
      const now = Date.now.bind(Date)
      Date.now = () => now() + 3_600_000
    })
    await until(() => expect(streams).toHaveLength(1))
    expect(await streams[0]?.headerValue('last-event-id')).toMatch(/./)
    await isLive()
  })
})
