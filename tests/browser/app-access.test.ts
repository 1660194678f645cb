// Who may see the machine: a code lets a device in, a friend is let in and put out, a passkey opens the closed door, the
// app on an iPhone's home screen does not end before it; and whatever people call things is text.

import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { type AppPage, launchChromium, newApp, openApp } from './support/app-page.ts'
import { type Instance, startInstance } from './support/instance.ts'
import { patience, until } from './support/until.ts'

vi.setConfig(patience)

/** A name that would be a program if it were not taken for text. */
const evil = (what: string): string => `<img src=x onerror="window.hacked='${what}'">${what}`

let instance: Instance
let browser: Browser
const open: AppPage[] = []

beforeAll(async () => {
  instance = await startInstance({ SERVER_TRUSTLOOPBACK: 'no', GENERAL_MACHINENAME: evil('machine') })
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  await instance?.close()
})

afterEach(async () => {
  for (const app of open.splice(0)) {
    expect(app.complaints).toEqual([])
    await app.context.close()
  }
})

async function opened(url: string): Promise<AppPage> {
  const app = await openApp(browser, url)
  open.push(app)
  return app
}

/** A phone of the owner's, paired. */
async function owner(): Promise<AppPage> {
  const app = await opened(`${instance.url}#pair=${instance.pairingCode()}`)
  await app.ready()
  return app
}

async function openDevices({ page }: AppPage): Promise<void> {
  await page.getByRole('button', { name: 'Settings' }).tap()
  await page.getByRole('button', { name: /^Devices/ }).tap()
  await page.getByRole('dialog', { name: 'Devices' }).getByRole('heading', { level: 3 }).first().waitFor()
}

test('a typed code pairs, a wrong one says why', async () => {
  const app = await opened(instance.url)
  const code = app.page.getByLabel('Pairing code')
  await code.fill('WRONG-CODE')
  await app.page.getByRole('button', { name: 'Pair' }).tap()
  await until(async () => expect(await app.page.getByRole('alert').innerText()).toMatch(/./))
  expect(await app.page.locator('[data-category]').count()).toBe(0)
  expect(await app.state.textContent()).toBe('Not paired')
  expect(await app.violations()).toEqual([])
  await code.fill(instance.pairingCode().toLowerCase())
  await app.page.getByLabel('Name of this device').fill('Kitchen tablet')
  await code.press('Enter')
  await app.ready()
  await until(async () => expect(await app.state.textContent()).toBe('Live'))
  await app.page.reload()
  await app.ready()
})

test('a scanned code pairs at once and is gone from the address', async () => {
  const app = await opened(`${instance.url}#pair=${instance.pairingCode()}`)
  await app.ready()
  expect(app.page.url()).not.toContain('pair')
  expect(await app.page.evaluate(() => history.length)).toBeLessThanOrEqual(2)
})

test('a scanned code that is used up leads to the pairing screen', async () => {
  const code = instance.pairingCode()
  await (await opened(`${instance.url}#pair=${code}`)).ready()
  const app = await opened(`${instance.url}#pair=${code}`)
  await app.page.getByLabel('Pairing code').waitFor()
  await until(async () => expect(await app.page.getByRole('alert').innerText()).toMatch(/./))
  expect(app.page.url()).not.toContain('pair=')
})

test('an owner lets a friend in, who looks and changes nothing, and puts the friend out', async () => {
  const app = await owner()
  await openDevices(app)
  const sheet = app.page.getByRole('dialog', { name: 'Devices' })
  await sheet.getByLabel('What it may do').selectOption({ label: 'A friend’s: looks at all numbers' })
  await sheet.getByRole('button', { name: 'Show a code' }).tap()
  await sheet.getByRole('img', { name: /QR code/ }).waitFor()
  const code = await sheet.locator('.code-box output').innerText()
  expect(await app.violations()).toEqual([])

  const friend = await opened(`${instance.url}#pair=${code}`)
  await friend.ready()
  await friend.page.getByRole('button', { name: 'Settings' }).tap()
  await friend.page.getByRole('button', { name: /^Devices/ }).waitFor()
  await until(async () => expect(await friend.page.getByRole('button', { name: /^History/ }).count()).toBe(0))
  await friend.page.getByRole('button', { name: /^Devices/ }).tap()
  await friend.page.getByText('may look at all numbers').waitFor()
  expect(await friend.page.getByRole('button', { name: 'Revoke' }).count()).toBe(0)
  await friend.page.getByRole('button', { name: 'Close' }).tap()

  await app.page.reload()
  await app.ready()
  await openDevices(app)
  const row = sheet.locator('li').filter({ hasText: 'may look at all numbers' })
  await row.getByRole('textbox').fill('Friend')
  await row.getByRole('textbox').press('Enter')
  await row.getByRole('button', { name: 'Revoke' }).tap()
  const began = performance.now()
  await row.getByRole('button', { name: 'Yes, revoke' }).tap()
  await friend.page.getByRole('heading', { name: 'Pair this device' }).waitFor()
  expect(performance.now() - began).toBeLessThan(5000)
  await until(async () => expect(await row.count()).toBe(0))
})

test('an owner makes a token for scripts, which is shown once and reads', async () => {
  const app = await owner()
  await openDevices(app)
  const sheet = app.page.getByRole('dialog', { name: 'Devices' })
  await sheet.getByLabel('What the token is for').fill('nightly')
  await sheet.getByRole('button', { name: 'New token' }).tap()
  const token = await sheet.locator('output.token').innerText()
  const ask = () => fetch(`${instance.url}api/v1/projects`, { headers: { Authorization: `Bearer ${token}` } })
  expect((await ask()).status).toBe(200)
  await sheet.locator('li[data-token]').getByRole('button', { name: 'Revoke' }).tap()
  await until(async () => expect(await sheet.locator('li[data-token]').count()).toBe(0))
  expect((await ask()).status).toBe(401)
})

/** A phone with a fingerprint that always fits. */
async function addAuthenticator({ page, context }: AppPage): Promise<void> {
  const session = await context.newCDPSession(page)
  await session.send('WebAuthn.enable')
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true },
      ...{ hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
    },
  })
}

test('a passkey opens the closed door again, until its device is revoked', async () => {
  const app = await owner()
  await addAuthenticator(app)
  await openDevices(app)
  await app.page.getByRole('button', { name: 'Make a passkey' }).tap()
  await app.page.getByText(/^Made: /).waitFor()
  await app.page.getByRole('button', { name: 'Sign out' }).tap()
  const door = app.page.getByRole('button', { name: 'Sign in with a passkey' })
  await door.tap()
  await app.ready()
  await openDevices(app)
  const own = app.page.locator('li[data-device]').filter({ hasText: 'this device' })
  expect(await own.innerText()).toContain('passkey')
  await app.page.getByRole('button', { name: 'Remove the passkey' }).tap()
  await app.page.getByText(/^Removed: /).waitFor()
  expect(await app.page.evaluate(passkeyState)).toBe('possible')
  await app.page.getByRole('button', { name: 'Make a passkey' }).tap()
  await app.page.getByText(/^Made: /).waitFor()
  await own.getByRole('button', { name: 'Revoke' }).tap()
  await own.getByRole('button', { name: 'Yes, revoke' }).tap()
  await app.page.getByRole('heading', { name: 'Pair this device' }).waitFor()
  await until(async () => expect(await app.page.evaluate(passkeyState)).not.toBe('there'))
})

const passkeyState = async (): Promise<unknown> => (await (await fetch('/api/v1/session')).json()).passkey

/** What Safari says of itself: `standalone` is true in an app that was opened from the home screen. */
async function asSafari(standalone: boolean): Promise<AppPage> {
  const app = await newApp(browser)
  open.push(app)
  await app.page.addInitScript((value) => Object.assign(navigator, { standalone: value }), standalone)
  return app
}

async function startAddress(page: Page): Promise<string> {
  await page.locator('link[rel=manifest][href^="/install.webmanifest"]').waitFor({ state: 'attached' })
  const session = await page.context().newCDPSession(page)
  const { data, errors } = await session.send('Page.getAppManifest')
  expect(errors).toEqual([])
  return JSON.parse(data ?? '{}').start_url
}

test('the app on the home screen of an iPhone is let in by its start address, once', async () => {
  const safari = await asSafari(false)
  await safari.page.goto(`${instance.url}#pair=${instance.pairingCode()}`)
  await safari.ready()
  const start = await startAddress(safari.page)
  expect(start).toMatch(/^\/#enter=\w{8}$/)

  const installed = await asSafari(true)
  await installed.page.goto(new URL(start, instance.url).href)
  await installed.ready()
  expect(installed.page.url()).not.toContain('enter')
  const { device } = await instance.api<{ device: unknown }>('/session')
  expect(device).toBeNull()

  // Its icon keeps that address: later starts do not need the code, and somebody else's device gets nothing by it.
  await installed.page.goto('about:blank')
  await installed.page.goto(new URL(start, instance.url).href)
  await installed.ready()
  const other = await asSafari(true)
  await other.page.goto(new URL(start, instance.url).href)
  await other.page.getByRole('heading', { name: 'One step to go' }).waitFor()
  expect(await other.page.getByRole('alert').innerText()).toBe('')
  expect(await other.violations()).toEqual([])

  await openDevices(safari)
  await safari.page.getByRole('button', { name: 'Code for the home-screen app' }).tap()
  const code = await safari.page.locator('.code-box output').innerText()
  await other.page.getByLabel('Pairing code').fill(code)
  await other.page.getByLabel('Pairing code').press('Enter')
  await other.ready()
  const devices = safari.page.locator('li[data-device]')
  expect(await devices.filter({ hasText: 'this device' }).count()).toBe(1)
})

test('names of every kind are text on every screen', async () => {
  const [project, category] = [evil('project'), evil('category')]
  const names = { label: evil('label'), unit: evil('unit'), help: evil('help') }
  await instance.addPoint({ projectid: project, category, ...names, value: 42 })
  const app = await opened(instance.url)
  const { page } = app
  await page.getByLabel('Pairing code').fill(instance.pairingCode())
  await page.getByLabel('Name of this device').fill(evil('device'))
  await page.getByRole('button', { name: 'Pair' }).tap()
  await app.ready()
  const card = page.locator('section').filter({ hasText: '">category' })
  await card.getByText(names.label).first().waitFor()
  /** What is named by these words stands there as it is, and nothing came of it. */
  const shows = async (place: Locator, words: readonly string[]): Promise<void> => {
    await until(async () => {
      const text = (await place.textContent()) ?? ''
      for (const word of words) expect(text).toContain(evil(word))
    })
    expect(await page.locator('img').count()).toBe(0)
    expect(await page.evaluate(() => (window as { hacked?: string }).hacked)).toBeUndefined()
  }
  const inSheet = async (words: readonly string[], open: () => Promise<unknown>): Promise<void> => {
    await open()
    await shows(page.locator('dialog[open]'), words)
    await page.keyboard.press('Escape')
  }
  await shows(page.locator('body'), ['machine', 'category', 'label', 'unit', 'help'])
  await inSheet(['machine', 'project'], () => page.locator('button.machine').tap())
  await inSheet(['label'], () => card.getByRole('button', { name: /^More about/ }).tap())
  await inSheet(['device', 'project'], () => openDevices(app))
  await inSheet(['category', 'label', 'unit'], async () => {
    await card.locator('.graph-plot').focus()
    await page.keyboard.press('Enter')
  })
})
