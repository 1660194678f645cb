// The history's settings on the screen: the size follows each choice, and what is saved stands in the settings file.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Locator } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { openAppStore } from '../../store/app.ts'
import { type AppPage, desktop, launchChromium, openApp, phone } from './support/app-page.ts'
import { Instance, type InstanceSettings, startInstance } from './support/instance.ts'
import { patience, until } from './support/until.ts'

vi.setConfig(patience)

let instance: Instance
let browser: Browser
let app: AppPage

const narrow: BrowserContextOptions = { ...phone, viewport: { width: 320, height: 640 } }
const config = (): string => readFileSync(instance.config, 'utf8')
const total = (): Locator => app.page.locator('.history-size output')
const settingsFor = (name: string): Locator => app.page.locator('details.category', { hasText: name })
const save = (): Locator => app.page.getByRole('button', { name: 'Save' })

beforeAll(async () => {
  browser = await launchChromium()
})

afterAll(() => browser?.close())

async function openHistory(device: BrowserContextOptions = phone): Promise<void> {
  app = await openApp(browser, instance.url, device)
  await app.ready()
  await app.page.getByRole('button', { name: 'Settings' }).click()
  await app.page.getByRole('button', { name: /^History/ }).click()
  await total().waitFor()
}

afterEach(async () => {
  expect(app.complaints).toEqual([])
  await app.context.close()
})

describe('history', () => {
  beforeAll(async () => {
    instance = await startInstance()
  })

  afterAll(() => instance?.close())

  test('tells what a choice takes before it is saved, and saves it into the settings file', async () => {
    await openHistory()
    const before = await total().innerText()
    expect(before).toMatch(/^[\d.]+ [KMG]iB$/)
    expect(await save().isDisabled()).toBe(true)
    await app.page.getByLabel('Keep history for').selectOption('5 years')
    expect(await total().innerText()).not.toBe(before)
    expect(config()).toBe('')
    await settingsFor('processors').locator('summary').tap()
    await settingsFor('processors').getByLabel('Single points').selectOption('30 days')
    await save().tap()
    await app.page.getByText('Saved.').waitFor()
    expect(config()).toBe('[Generator]\nMaxAge = 5y\n\n[Retention]\nprocessors = , 30d\n')
    expect(await save().isDisabled()).toBe(true)

    await app.context.close()
    await openHistory()
    expect(await app.page.getByLabel('Keep history for').inputValue()).toBe(String(5 * 365 * 86_400))
    expect(await settingsFor('processors').locator('.detail').innerText()).toBe('points 30 days')
    await settingsFor('processors').locator('summary').tap()
    await settingsFor('processors').getByLabel('Single points').selectOption({ index: 0 })
    await save().tap()
    await app.page.getByText('Saved.').waitFor()
    expect(config()).toBe('[Generator]\nMaxAge = 5y\n\n[Retention]\n')
  })

  test('says before that saving deletes what is older', async () => {
    await openHistory()
    await app.page.getByLabel('Keep history for').selectOption('1 day')
    await app.page.getByText(/after 1 day\. Saving deletes what is older\./).waitFor()
    const points = app.page.getByLabel('Keep single points for')
    expect(await points.locator('option').allInnerTexts()).toEqual(['1 hour', '6 hours', '1 day'])
    expect(await points.inputValue()).toBe('86400')
  })

  test('is used by keys alone', async () => {
    await openHistory(desktop)
    const points = app.page.getByLabel('Keep single points for')
    await points.focus()
    await app.page.keyboard.press('ArrowUp')
    await until(async () => expect(await save().isDisabled()).toBe(false))
    await app.page.keyboard.press('Tab')
    await app.page.keyboard.press('Enter')
    expect(await app.page.locator('details[open] select').count()).toBe(2)
    await save().focus()
    await app.page.keyboard.press('Enter')
    await app.page.getByText('Saved.').waitFor()
    expect(config()).toContain('FullResolution = 7d\n')
    await app.page.keyboard.press('Escape')
    await app.page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  test.each([
    ['phone', 'light', phone],
    ['phone', 'dark', phone],
    ['small phone', 'light', narrow],
    ['desktop', 'dark', desktop],
  ] as const)('is for everybody, on a %s in %s', async (_device, colorScheme, options) => {
    await openHistory({ ...options, colorScheme })
    await settingsFor('load').locator('summary').click()
    await app.page.getByLabel('Keep history for').selectOption('2 years')
    expect(await app.violations()).toEqual([])
    const small = await app.page.locator('dialog :is(button, select, summary)').evaluateAll((elements) =>
      elements
        .map((element) => element.getBoundingClientRect())
        .filter(({ width, height }) => width > 0 && (width < 44 || height < 44))
        .map(({ width, height }) => [width, height]),
    )
    expect(small).toEqual([])
    const wide = await app.page.evaluate(
      () =>
        [...document.querySelectorAll('dialog, dialog *')].filter(
          (element) =>
            element.scrollWidth > element.clientWidth && getComputedStyle(element).overflowX === 'auto',
        ).length,
    )
    expect(wide).toBe(0)
  })
})

describe('history that cannot be saved', () => {
  const start = async (settings: InstanceSettings): Promise<void> => {
    instance = await startInstance(settings)
  }

  afterEach(() => instance?.close())

  test('shows as fixed what the environment says', async () => {
    await start({ GENERATOR_MAXAGE: '45d' })
    await openHistory()
    const maxAge = app.page.getByLabel('Keep history for')
    expect(await maxAge.isDisabled()).toBe(true)
    expect(await maxAge.locator('option:checked').innerText()).toBe('45 days')
    await app.page.getByText('Set by the environment of the programs').waitFor()
    expect(await app.violations()).toEqual([])
  })

  test('says why when the server is gone, and works again when it is back', async () => {
    await start({})
    await openHistory()
    await app.page.getByLabel('Keep history for').selectOption('2 years')
    await instance.stop('server')
    await save().tap()
    await app.page.getByText('The server cannot be reached.').first().waitFor()
    await instance.startServer()
    await save().tap()
    await app.page.getByText('Saved.').waitFor()
    expect(config()).toContain('MaxAge = 2y')
  })
})

test('the screen says why new points cannot be stored, and leads to the history’s settings', async () => {
  instance = new Instance()
  try {
    await instance.startGenerator()
    await instance.stop('generator')
    await instance.startServer()
    const appStore = openAppStore({ file: join(instance.folder, 'app.db') })
    appStore.setStorageProblem('The disk is full.')
    appStore.close()
    app = await openApp(browser, instance.url)
    const strip = app.page.locator('.strip', { hasText: 'New points cannot be stored. The disk is full.' })
    await strip.waitFor()
    expect(await app.violations()).toEqual([])
    await strip.getByRole('button', { name: 'History' }).tap()
    await app.page.locator('.history-size').getByText('The disk is full.').waitFor()
  } finally {
    await instance.close()
  }
})
