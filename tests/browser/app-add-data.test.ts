// Lines that are copied out of the app are run as they are, and their first point shows below them.

import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Browser, Locator } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type AppPage, launchChromium, openApp } from './support/app-page.ts'
import { type Instance, startInstance } from './support/instance.ts'
import { patience, until } from './support/until.ts'

vi.setConfig(patience)

const run = promisify(execFile)
let instance: Instance
let browser: Browser

beforeAll(async () => {
  instance = await startInstance({ SERVER_TRUSTLOOPBACK: 'no' })
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  await instance?.close()
})

async function openMenu({ page }: AppPage): Promise<void> {
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('button', { name: /^Devices/ }).waitFor()
}

async function openAddData(app: AppPage): Promise<Locator> {
  await openMenu(app)
  await app.page.getByRole('button', { name: /^Add data/ }).click()
  const sheet = app.page.getByRole('dialog', { name: 'Add data' })
  await sheet.locator('pre, form').first().waitFor()
  return sheet
}

/** What the server answers to this device. */
const ask = (app: AppPage, path: string, body: object): Promise<Record<string, string>> =>
  app.page.evaluate(
    async ([address, text]) => {
      const headers = { 'content-type': 'application/json' }
      return (await fetch(address, { method: 'POST', headers, body: text })).json()
    },
    [path, JSON.stringify(body)] as const,
  )

const picture = async (app: AppPage, name: string): Promise<void> => {
  if (process.env.PICTURES) await app.page.screenshot({ path: `${process.env.PICTURES}-${name}.png` })
}

/** Nothing is wider than its screen. */
const fits = ({ page }: AppPage): Promise<boolean> =>
  page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('dialog, .add-data, pre')].every(
      ({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth + 1,
    ),
  )

test('Add data shows lines that work as they are, and the first point as it arrives', async () => {
  const app = await openApp(browser, `${instance.url}#pair=${instance.pairingCode()}`)
  await app.ready()
  const sheet = await openAddData(app)
  await sheet.getByLabel('Name of the project').fill('Greenhouse')
  await sheet.getByRole('button', { name: 'New project' }).click()
  const status = sheet.locator('.arrival')
  await until(async () => expect(await status.innerText()).toBe('Waiting for the first point …'))
  await picture(app, 'phone-curl')
  expect(await app.violations()).toEqual([])

  await sheet.getByRole('button', { name: 'Copy' }).click()
  await sheet.getByRole('button', { name: 'Copied' }).waitFor()
  await run('/bin/bash', ['-c', await sheet.locator('pre').innerText()])
  await until(async () => expect(await status.innerText()).toMatch(/^Arrived: climate, humidity: 61\.5 at /))
  await sheet.getByRole('button', { name: 'Python' }).click()
  await run('python3', ['-c', await sheet.locator('pre').innerText()])
  await until(async () =>
    expect(await status.innerText()).toMatch(/^Arrived: climate, temperature: 21\.4 at /),
  )

  const [id] = /[0-9a-f]{32}/.exec(await sheet.locator('pre').innerText()) ?? []
  for (const way of await sheet.locator('.ways button').all()) {
    await way.click()
    const lines = await sheet.locator('pre').innerText()
    expect(lines).toContain(id)
    expect(lines).toMatch(/http:\/\/[\w.]+:\d+\/add_data_point/)
    expect(await fits(app)).toBe(true)
    await picture(app, `phone-${await way.innerText()}`)
  }

  // From the project itself; what is already there is not called new, and another project has its own.
  await app.page.keyboard.press('Escape')
  await app.page.emulateMedia({ colorScheme: 'dark' })
  const made = await ask(app, '/api/v1/projects', { name: 'Cellar' })
  await app.page.locator('button.machine').click()
  await app.page.locator('[data-project="greenhouse"] button').click()
  await app.page.getByRole('button', { name: 'Add data from elsewhere' }).click()
  await until(async () => expect(await status.innerText()).toMatch(/^Newest so far: climate/))
  await sheet.getByLabel('Project').selectOption('Cellar')
  await until(async () => expect(await status.innerText()).toBe('Waiting for the first point …'))
  expect(await sheet.locator('pre').innerText()).toContain(made.id)
  await picture(app, 'phone-dark')
  expect(app.complaints).toEqual([])

  const { link = '' } = await ask(app, '/api/v1/pairing-codes', { role: 'viewer' })
  await app.context.close()
  const viewer = await openApp(browser, `${instance.url}${new URL(link).hash}`)
  await viewer.ready()
  await openMenu(viewer)
  await until(async () =>
    expect(await viewer.page.getByRole('button', { name: /^Add data/ }).count()).toBe(0),
  )
  await viewer.context.close()
})
