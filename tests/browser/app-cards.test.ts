// What is behind a card and in its rows: the table of what is seen, copied and saved; one series alone.

import { readFile } from 'node:fs/promises'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { Fingers } from './graph-page/fingers.ts'
import { type AppPage, launchChromium, openApp, phone } from './support/app-page.ts'
import { Instance } from './support/instance.ts'
import { patience, until } from './support/until.ts'

vi.setConfig(patience)

const instance = new Instance()
let browser: Browser
let app: AppPage

const end = Math.floor(Date.now() / 10_000) * 10_000 - 120_000
const timeOf = (index: number): number => end - (20 - index) * 10_000

beforeAll(async () => {
  await instance.startServer()
  browser = await launchChromium()
  for (let index = 0; index <= 20; index++) {
    const point = { projectid: 'house', category: 'oven', unit: '°C', time: timeOf(index) }
    await instance.addPoint({ ...point, label: 'top', value: 100 + index })
    if (index !== 5) await instance.addPoint({ ...point, label: 'bottom', value: 50 })
    await instance.addPoint({ ...point, label: 'door', value: 30 })
  }
})

afterAll(async () => {
  await browser?.close()
  await instance.close()
})

afterEach(async () => {
  expect(app.complaints).toEqual([])
  await app.context.close()
})

async function open(options = {}): Promise<void> {
  const address = `${instance.url}?project=house&from=${timeOf(0)}&to=${end + 1}`
  app = await openApp(browser, address, { ...phone, ...options })
  await app.card('oven').locator('.graph-plot').waitFor()
  await until(async () => expect(await app.value('oven', 'top').textContent()).toBe('120 °C'))
}

const pressed = (label: string): Promise<string | null> =>
  app.row('oven', label).getByRole('button').getAttribute('aria-pressed')

async function openTable(): Promise<void> {
  await app.page.getByRole('button', { name: 'More about oven' }).tap()
  await app.page.getByRole('region', { name: 'Table of oven' }).waitFor()
}

test.each(['light', 'dark'] as const)(
  'the table has a row per time and is sound in %s',
  async (colorScheme) => {
    await open({ colorScheme })
    await openTable()
    const table = app.page.getByRole('table')
    expect(await table.getByRole('columnheader').allTextContents()).toEqual(
      expect.arrayContaining([expect.stringMatching(/^top \(°C\)/)]),
    )
    expect(await table.locator('tbody tr').count()).toBe(21)
    const cells = await table.locator('tbody tr').nth(5).locator('td').allTextContents()
    expect(cells).toEqual(['105 °C', '–', '30 °C'])
    expect(await app.violations()).toEqual([])
  },
)

test('the table is copied and saved as CSV', async () => {
  await open({ permissions: ['clipboard-read', 'clipboard-write'] })
  await openTable()
  await app.page.getByRole('button', { name: 'Copy table' }).tap()
  await app.page.getByText('Table copied').waitFor()
  const copied = await app.page.evaluate(() => navigator.clipboard.readText())
  expect(copied.split('\n')).toHaveLength(22)
  const download = app.page.waitForEvent('download')
  await app.page.getByRole('button', { name: 'Save as CSV' }).tap()
  const saved = await download
  expect(saved.suggestedFilename()).toMatch(/^house oven \d{4}-\d\d-\d\d\.csv$/)
  const lines = (await readFile(await saved.path(), 'utf8')).replace('\ufeff', '').trim().split('\r\n')
  expect(lines[0]).toBe('time,top (°C),bottom (°C),door (°C)')
  expect(lines).toHaveLength(22)
  expect(lines[6]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z,105,,30$/)
})

test('a long press on a row shows its series alone, and all again', async () => {
  await open()
  const fingers = await Fingers.on(app.page)
  const box = await app.row('oven', 'bottom').boundingBox()
  const spot = { x: (box?.x ?? 0) + 30, y: (box?.y ?? 0) + 20 }
  for (const others of ['false', 'true']) {
    await fingers.down(1, spot)
    await until(async () => expect(await pressed('top')).toBe(others))
    await fingers.up(1)
    expect([await pressed('top'), await pressed('bottom'), await pressed('door')]).toEqual([
      others,
      'true',
      others,
    ])
  }
})

test('Shift and Enter on a row show its series alone', async () => {
  await open()
  await app.row('oven', 'door').getByRole('button').focus()
  await app.page.keyboard.press('Shift+Enter')
  await until(async () => expect(await pressed('top')).toBe('false'))
  expect([await pressed('bottom'), await pressed('door')]).toEqual(['false', 'true'])
})

test('a phone that is turned on its side shows the touched graph on nearly all of its screen', async () => {
  await instance.addPoint({ projectid: 'house', category: 'cellar', label: 'air', value: 12, time: end })
  await open()
  await app.card('cellar').locator('.graph-plot').tap()
  await app.page.setViewportSize({ width: 915, height: 412 })
  const graph = app.card('cellar').locator('.graph-plot')
  await until(async () => {
    const box = await graph.boundingBox()
    expect(box?.width).toBeGreaterThan(0.9 * 915)
    expect(box?.height).toBeGreaterThan(0.6 * 412)
    expect(box?.y).toBeGreaterThanOrEqual(0)
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(412)
  })
  expect(await app.page.evaluate(() => document.documentElement.scrollWidth)).toBe(915)
  expect(await app.violations()).toEqual([])
})

test('cards are pinned, moved and hidden, and stay so', async () => {
  for (const category of ['attic', 'cellar', 'hall']) {
    await instance.addPoint({ projectid: 'villa', category, label: 'air', value: 20, time: end })
  }
  app = await openApp(browser, `${instance.url}?project=villa&from=${timeOf(0)}&to=${end + 1}`)
  await app.card('hall').locator('.graph-plot').waitFor()
  const order = (): Promise<string[]> => app.page.locator('section[data-category] h2').allTextContents()
  const press = async (category: string, button: string): Promise<void> => {
    await app.page.getByRole('button', { name: `More about ${category}` }).tap()
    await app.page.getByRole('dialog').getByRole('button', { name: button }).tap()
    await app.page.keyboard.press('Escape')
  }
  expect(await order()).toEqual(['attic', 'cellar', 'hall'])
  await press('hall', 'Pin')
  await until(async () => expect(await order()).toEqual(['hall', 'attic', 'cellar']))
  await press('attic', 'Move down')
  await until(async () => expect(await order()).toEqual(['hall', 'cellar', 'attic']))
  await press('cellar', 'Hide')
  await until(async () => expect(await order()).toEqual(['hall', 'attic']))
  await app.page.reload()
  await app.card('hall').locator('.graph-plot').waitFor()
  expect(await order()).toEqual(['hall', 'attic'])
  expect(await app.violations()).toEqual([])
  await app.page.getByRole('button', { name: 'Show cellar again' }).tap()
  await until(async () => expect(await order()).toEqual(['hall', 'cellar', 'attic']))
  await app.card('cellar').locator('.graph-plot').waitFor()
})

test('what changed comes first on demand, and the usual order again', async () => {
  for (let index = 0; index < 20; index++) {
    for (const [category, change] of [
      ['attic', 0],
      ['cellar', 0],
      ['hall', 30],
    ] as const) {
      const value = 20 + (index % 2) + (index >= 10 ? change : 0)
      const point = { projectid: 'castle', category, label: 'air', value, time: timeOf(index) }
      await instance.addPoint(point)
    }
  }
  app = await openApp(browser, `${instance.url}?project=castle&from=${timeOf(10)}&to=${timeOf(20)}`)
  await app.card('hall').locator('.graph-plot').waitFor()
  const order = (): Promise<string[]> => app.page.locator('section[data-category] h2').allTextContents()
  await app.page.getByRole('button', { name: 'Settings' }).tap()
  await app.page.getByRole('button', { name: /^What changed/ }).tap()
  await until(async () => expect(await order()).toEqual(['hall', 'attic', 'cellar']))
  expect(await app.violations()).toEqual([])
  await app.page.getByRole('button', { name: 'Usual order' }).tap()
  await until(async () => expect(await order()).toEqual(['attic', 'cellar', 'hall']))
})
