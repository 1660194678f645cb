// A device that is not paired sees a friendly screen and no numbers; a code, scanned or typed, lets it in.

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
  instance = await startInstance({ SERVER_TRUSTLOOPBACK: 'no' })
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

test('a typed code pairs, a wrong one says why', async () => {
  app = await openApp(browser, instance.url)
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
  app = await openApp(browser, `${instance.url}#pair=${instance.pairingCode()}`)
  await app.ready()
  expect(app.page.url()).not.toContain('pair')
  expect(await app.page.evaluate(() => history.length)).toBeLessThanOrEqual(2)
})

test('a scanned code that is used up leads to the pairing screen', async () => {
  const code = instance.pairingCode()
  app = await openApp(browser, `${instance.url}#pair=${code}`)
  await app.ready()
  await app.context.close()
  app = await openApp(browser, `${instance.url}#pair=${code}`)
  await app.page.getByLabel('Pairing code').waitFor()
  await until(async () => expect(await app.page.getByRole('alert').innerText()).toMatch(/./))
  expect(app.page.url()).not.toContain('pair=')
})
