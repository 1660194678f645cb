// The stream and the questions between app and server, seen from the browser's side.

import { join } from 'node:path'
import type { Browser, Request } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { openStore } from '../../store/open.ts'
import { type AppPage, desktop, launchChromium, newApp, openApp } from './support/app-page.ts'
import { type Instance, startInstance } from './support/instance.ts'
import { patience, until } from './support/until.ts'

vi.setConfig(patience)

let instance: Instance
let browser: Browser
let app: AppPage

beforeAll(async () => {
  instance = await startInstance()
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  await instance?.close()
})

afterEach(async () => {
  expect(app.complaints).toEqual([])
  await app.context.close()
})

/** Collects requests to paths of the API that begin so, from now on. */
function collect(path: string): Request[] {
  const requests: Request[] = []
  app.page.on('request', (request) => {
    if (new URL(request.url()).pathname.startsWith(`/api/v1/${path}`)) requests.push(request)
  })
  return requests
}

/** Hides the page or shows it again, as far as it can tell. */
async function setHidden(hidden: boolean): Promise<void> {
  await app.page.evaluate((value) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => value })
    document.dispatchEvent(new Event('visibilitychange'))
  }, hidden)
}

test('a hidden app keeps no stream open and asks nothing; shown again it goes on where it stopped', async () => {
  app = await newApp(browser)
  const streams = collect('stream')
  await app.page.goto(instance.url)
  await app.ready()
  await until(async () => expect(await app.state.textContent()).toBe('Live'))
  const { to } = await app.shown()
  const closed = app.page.waitForEvent('requestfailed', (request) => request === streams.at(-1))
  await setHidden(true)
  await closed
  // What was under way comes to its end first.
  const others = collect('')
  let seen = -1
  await vi.waitFor(
    () => {
      const before = seen
      seen = others.length
      expect(before).toBe(seen)
    },
    { timeout: 20_000, interval: 1000 },
  )
  const { to: hiddenAt } = await app.shown()
  await until(() => expect(Date.now() - hiddenAt).toBeGreaterThan(5000))
  expect(others).toHaveLength(seen)
  const questions = collect('query')
  await setHidden(false)
  await until(() => expect(streams).toHaveLength(2))
  expect(await streams[1]?.headerValue('last-event-id')).toMatch(/./)
  await until(async () => expect((await app.shown()).to).toBeGreaterThan(to + 3000))
  await until(async () => expect(await app.state.textContent()).toBe('Live'))
  expect(questions.map((request) => request.url())).toEqual([])
})

test('switching automatic update off closes the stream', async () => {
  app = await newApp(browser)
  const streams = collect('stream')
  await app.page.goto(instance.url)
  await app.ready()
  await until(() => expect(streams).toHaveLength(1))
  const closed = app.page.waitForEvent('requestfailed', (request) => request === streams[0])
  await app.page.getByRole('switch', { name: 'Automatic update' }).tap()
  await closed
  await app.page.reload()
  await app.ready()
  expect(await app.state.textContent()).toBe('Paused')
  expect(streams).toHaveLength(1)
})

test('no question asks for more buckets than a graph has pixels, whatever is looked at', async () => {
  app = await newApp(browser, desktop)
  const questions = collect('query')
  await app.page.goto(instance.url)
  await app.ready()
  const range = app.page.getByRole('combobox', { name: 'Time range' })
  for (const label of ['1 min', '1 h', '30 days', '1 year']) {
    const before = questions.length
    await range.selectOption(label)
    await until(() => expect(questions.length).toBeGreaterThan(before))
  }
  const pixels = await app.page
    .locator('.plot')
    .first()
    .evaluate((plot) => plot.clientWidth)
  const asked = questions.map((request) => Number(new URL(request.url()).searchParams.get('buckets')))
  expect(Math.max(...asked)).toBeLessThanOrEqual(pixels)
  expect(Math.max(...asked)).toBeGreaterThan(pixels / 4)
})

test('a late point appears where it belongs', async () => {
  const now = Date.now()
  const lately = now - 40 * 60_000
  const point = { projectid: 'diary', category: 'weight', label: 'cat' }
  await instance.addPoint({ ...point, value: 5.1, time: now - 1000 })
  app = await openApp(
    browser,
    `${instance.url}?project=diary&from=${now - 3_600_000}&to=${now - 1_800_000}&cursor=${lately}`,
  )
  await until(async () => expect(await app.value('weight', 'cat').textContent()).toBe('–'))
  await instance.addPoint({ ...point, value: 4.2, time: lately - 1000 })
  await until(async () => expect(await app.value('weight', 'cat').textContent()).toBe('4.2'))
})

test('a failing gather says why on its own card, and no longer once it works', async () => {
  app = await openApp(browser, instance.url)
  await app.ready()
  const { projects } = await instance.api<{ projects: { key: string; kind: string }[] }>('/projects')
  const project = projects.find(({ kind }) => kind === 'machine')?.key ?? ''
  const store = openStore({ file: join(instance.folder, 'data.db') })
  try {
    // The generator reports only when a state changes, so this one stays until it is taken back.
    store.report(project, 'memory', 'the file /proc/meminfo is gone', Date.now())
    const message = app.card('memory').getByText('the file /proc/meminfo is gone')
    await message.waitFor()
    expect(await app.page.locator('.failing').count()).toBe(1)
    expect(await app.violations()).toEqual([])
    store.report(project, 'memory', null, Date.now())
    await message.waitFor({ state: 'detached' })
  } finally {
    store.close()
  }
})

test('a machine that sends nothing any more is not called live', async () => {
  app = await openApp(browser, instance.url)
  await app.ready()
  await until(async () => expect(await app.state.textContent()).toBe('Live'))
  await instance.stop('generator')
  const word = app.page.locator('.state[data-state="silent"]')
  await word.waitFor({ timeout: 50_000 })
  await instance.startGenerator()
  await until(async () => expect(await app.state.textContent()).toBe('Live'))
})
