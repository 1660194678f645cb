// The app as an installed one: its card, its worker, without a network.

import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { type AppPage, launchChromium, openApp } from './support/app-page.ts'
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

const workerIsActive = (): Promise<boolean> =>
  app.page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state === 'activated')

test('the manifest is complete and Chromium finds nothing in the way of installing', async () => {
  app = await openApp(browser, instance.url)
  await app.ready()
  await until(async () => expect(await workerIsActive()).toBe(true))
  const session = await app.context.newCDPSession(app.page)
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors')
  // A browser context of a test is a private window, where nothing can be installed.
  expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([])
  const { errors, data } = await session.send('Page.getAppManifest')
  expect(errors).toEqual([])
  const manifest = JSON.parse(data ?? '{}')
  expect(manifest).toMatchObject({ id: '/', start_url: '/', scope: '/', display: 'standalone' })
  for (const key of ['name', 'short_name', 'description', 'theme_color', 'background_color']) {
    expect(manifest[key]).toMatch(/./)
  }
  expect(manifest.shortcuts.map(({ name }: { name: string }) => name)).toEqual(['Now', 'Last night'])
})

test('the manifest’s pictures are there and have the sizes that it says', async () => {
  app = await openApp(browser, instance.url)
  const manifest = await (await fetch(`${instance.url}manifest.webmanifest`)).json()
  const pictures = [...manifest.icons, ...manifest.screenshots, ...manifest.shortcuts.flatMap(iconsOf)]
  expect(manifest.icons.some(({ purpose }: { purpose: string }) => purpose === 'maskable')).toBe(true)
  expect(new Set(manifest.screenshots.map(formFactorOf))).toEqual(new Set(['narrow', 'wide']))
  for (const { src, sizes } of pictures) {
    const size = await app.page.evaluate(async (address) => {
      const image = new Image()
      image.src = address
      await image.decode()
      return `${image.naturalWidth}x${image.naturalHeight}`
    }, src)
    expect(`${src} ${size}`).toBe(`${src} ${sizes}`)
  }
})

const iconsOf = ({ icons }: { icons: { src: string; sizes: string }[] }): { src: string; sizes: string }[] =>
  icons
const formFactorOf = ({ form_factor }: { form_factor: string }): string => form_factor

test('the shell opens without a server and says so', async () => {
  const own = await startInstance()
  try {
    app = await openApp(browser, own.url)
    await app.ready()
    await until(async () => expect(await workerIsActive()).toBe(true))
    await own.stop('server')
    await app.page.goto(`${own.url}?range=60000`)
    await app.page.getByRole('heading', { name: 'Nothing to show' }).waitFor()
    expect(await app.page.getByRole('alert').innerText()).toContain('cannot be reached')
    await own.startServer()
    await until(async () => expect(await app.state.textContent()).toBe('Live'))
  } finally {
    await own.close()
  }
})

test('data on the screen stays while the server is away, with its age, and comes back live', async () => {
  const own = await startInstance()
  try {
    app = await openApp(browser, own.url)
    await app.ready()
    await until(async () => expect(await app.state.textContent()).toBe('Live'))
    await own.stop('server')
    await until(async () => expect(await app.state.textContent()).toBe('Offline'))
    const time = app.page.locator('.state .time')
    await until(async () => expect(await time.textContent()).toMatch(/data of \d\d:\d\d:\d\d, \d+ s ago/))
    const { live, to } = await app.shown()
    expect(live).toBe(false)
    expect(await app.value('memory', 'RAM').textContent()).toMatch(/\d/)
    await own.startServer()
    await until(async () => expect(await app.state.textContent()).toBe('Live'))
    await until(async () => expect((await app.shown()).to).toBeGreaterThan(to))
  } finally {
    await own.close()
  }
})

test('nothing of /api is kept', async () => {
  app = await openApp(browser, instance.url)
  await app.ready()
  await until(async () => expect(await workerIsActive()).toBe(true))
  const kept = await app.page.evaluate(async () => {
    const stores = await Promise.all((await caches.keys()).map((name) => caches.open(name)))
    const requests = await Promise.all(stores.map((store) => store.keys()))
    return requests.flat().map(({ url }) => new URL(url).pathname)
  })
  expect(kept).toContain('/index.html')
  expect(kept.filter((path) => path.startsWith('/api'))).toEqual([])
})
