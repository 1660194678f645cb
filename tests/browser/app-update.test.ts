// Whatever happens between an app and its server when one of them is exchanged, or when something else answers in the
// server's place: the app says it in a sentence, and one tap leads out of it.

import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type AppPage, launchChromium, openApp } from './support/app-page.ts'
import { builtFolder, Gateway, OtherBuild, type OwnAnswer } from './support/gateway.ts'
import { type Instance, startInstance } from './support/instance.ts'
import { patience, until } from './support/until.ts'

vi.setConfig(patience)

let instance: Instance
let browser: Browser
let app: AppPage
let gateway: Gateway
let other: OtherBuild

beforeAll(async () => {
  instance = await startInstance()
  browser = await launchChromium()
  other = new OtherBuild()
})

afterAll(async () => {
  other?.remove()
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

/** The app as it is on a phone that has used it before: its worker keeps its files. */
async function openInstalled(): Promise<void> {
  app = await openApp(browser, gateway.url)
  await app.ready()
  await app.page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state)
  await app.page.reload()
  await app.ready()
  await isLive()
}

const isLive = (): Promise<unknown> => until(async () => expect(await app.state.textContent()).toBe('Live'))
const buildShown = (): Promise<string | undefined> =>
  app.page.evaluate(() => document.querySelector<HTMLMetaElement>('meta[name=build]')?.content)
const tap = (name: string): Promise<void> => app.page.getByRole('button', { name, exact: true }).first().tap()
const says = (sentence: RegExp): Promise<void> => app.page.getByText(sentence).first().waitFor()
const page = (title: string): OwnAnswer => ({
  ...{ status: 200, headers: { 'content-type': 'text/html' } },
  body: `<!doctype html><title>${title}</title><h1>${title}</h1>`,
})
const strips = (): Promise<number> => app.page.locator('.strip').count()

describe('an app of another build than its server', () => {
  /** As a server that knows nothing of what came later. */
  const withoutNews = (text: string): string =>
    text.replace(/"(?:version|database)":"\w+",(?="(?:database|storage)")/g, '')

  test.each([
    ['older', builtFolder, () => other.folder, (text: string) => text],
    ['newer', () => other.folder, builtFolder, withoutNews],
  ] as const)('that is %s is exchanged by one tap', async (_age, before, after, rewrite) => {
    const folderOf = (folder: string | (() => string)): string =>
      typeof folder === 'string' ? folder : folder()
    gateway.folder = folderOf(before)
    await openInstalled()
    const old = await buildShown()
    gateway.folder = folderOf(after)
    gateway.rewrite = rewrite
    gateway.drop()
    await says(/Update ready, reload\?/)
    await tap('Reload')
    await until(async () => expect(await buildShown()).not.toBe(old))
    await app.ready()
    await isLive()
    expect(await strips()).toBe(0)
  })

  test('that is not whole yet goes on with what it has, and takes the new one once it is', async () => {
    await openInstalled()
    gateway.folder = other.folder
    gateway.answer = (path) => (path === other.script ? { status: 404 } : null)
    gateway.drop()
    await says(/not complete yet\. This one goes on working/)
    await isLive()
    gateway.answer = () => null
    await tap('Try again')
    await until(async () => expect(await buildShown()).toBe(other.name))
    await app.ready()
    expect(await strips()).toBe(0)
  })

  test('of which a part is missing at the first visit says so instead of showing nothing', async () => {
    gateway.answer = (path) => (/index-.*\.js$/.test(path) ? { status: 404 } : null)
    app = await openApp(browser, gateway.url)
    await says(/The app cannot start: a part of it is missing/)
    expect(await app.violations()).toEqual([])
    gateway.answer = () => null
    await tap('Try again')
    await app.ready()
  })
})

describe('something else in the server’s place', () => {
  const elsewhere = { status: 302, headers: { location: 'http://127.0.0.1:9/login' } }
  const refusal = { ...page('Please sign in'), status: 401 }

  test('that redirects or answers with a page is named, and its login page is one tap away', async () => {
    await openInstalled()
    gateway.answer = () => elsewhere
    gateway.drop()
    await says(/Something else answers in the server’s place/)
    expect(await app.state.textContent()).toBe('Offline')
    gateway.answer = (path) => (path === '/sign-in' ? page('Please sign in') : refusal)
    await app.page.reload()
    await says(/something else answer/i)
    await tap('Sign in')
    await app.page.getByRole('heading', { name: 'Please sign in' }).waitFor()
    gateway.answer = () => null
    await app.page.reload()
    await app.ready()
    await isLive()
    expect(new URL(app.page.url()).pathname).toBe('/')
    expect(await strips()).toBe(0)
  })

  test('that gives 401 or a page for the worker is named, and does not keep the update away for ever', async () => {
    await openInstalled()
    gateway.folder = other.folder
    gateway.answer = (path) => (path === '/sw.js' ? refusal : null)
    gateway.drop()
    await says(/cannot be brought up to date: something else answers/)
    await isLive()
    gateway.answer = (path) => (path === '/sw.js' ? page('Please sign in') : null)
    const asked = app.page.waitForResponse((response) => response.url().endsWith('/sw.js'))
    await tap('Try again')
    await asked
    await says(/cannot be brought up to date: something else answers/)
    gateway.answer = () => null
    await tap('Try again')
    await until(async () => expect(await buildShown()).toBe(other.name))
    await app.ready()
    expect(await strips()).toBe(0)
  })
})

test('a session that has ended leads to pairing', async () => {
  await openInstalled()
  const body = JSON.stringify({ error: { code: 'unauthorized', message: 'this device is not paired' } })
  const refused = { status: 401, headers: { 'content-type': 'application/json' }, body }
  gateway.answer = (path) => (path.startsWith('/api/') ? refused : null)
  gateway.drop()
  await app.page.getByRole('heading', { name: 'Pair this device' }).waitFor()
})

test('a worker that is switched off leaves every device by itself, and nothing of it stays', async () => {
  await openInstalled()
  gateway.folder = other.folder
  const off = await (await fetch(`${gateway.url}sw-off.js`)).text()
  gateway.answer = (path) =>
    path === '/sw.js' ? { status: 200, headers: { 'content-type': 'text/javascript' }, body: off } : null
  gateway.drop()
  await until(async () => expect(await buildShown()).toBe(other.name))
  await app.ready()
  await isLive()
  await until(async () => {
    const left = await app.page.evaluate(async () => [
      (await navigator.serviceWorker.getRegistrations()).length,
      (await caches.keys()).length,
    ])
    expect(left).toEqual([0, 0])
  })
  gateway.answer = () => null
  await app.page.reload()
  await app.ready()
})
