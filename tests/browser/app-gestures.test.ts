// The gestures on the whole app, where header, rows, scrolling and live data are around the graphs.

import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { Fingers } from './graph-page/fingers.ts'
import { type PlotArea, plotArea } from './graph-page/open.ts'
import { type AppPage, launchChromium, openApp, type Shown } from './support/app-page.ts'
import { type Instance, startInstance } from './support/instance.ts'
import { patience, until } from './support/until.ts'

vi.setConfig(patience)

let instance: Instance
let browser: Browser
let app: AppPage
let fingers: Fingers
let plot: PlotArea
let before: Shown

beforeAll(async () => {
  instance = await startInstance()
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  await instance?.close()
})

beforeEach(async () => {
  app = await openApp(browser, instance.url)
  await app.ready()
  await until(async () => expect(await app.state.textContent()).toBe('Live'))
  fingers = await Fingers.on(app.page)
  plot = await plotArea(app.page)
  before = await app.shown()
})

afterEach(async () => {
  expect(app.complaints).toEqual([])
  await app.context.close()
})

const span = ({ from, to }: Shown): number => to - from
const scrolled = (): Promise<number> => app.page.evaluate(() => scrollY)

test('two fingers pinch the time axis, and the drop-down shows what comes out', async () => {
  await fingers.down(1, plot.at(0.4, plot.lower))
  await fingers.down(2, plot.at(0.6, plot.lower))
  await fingers.move({ 1: plot.at(0.2, plot.lower), 2: plot.at(0.8, plot.lower) })
  await fingers.up(1)
  await fingers.up(2)
  await until(async () => expect(span(await app.shown())).toBeLessThan(0.5 * span(before)))
  const range = app.page.getByRole('combobox', { name: 'Time range' })
  expect(await range.locator('option:checked').textContent()).toMatch(/^≈ \d/)
  expect(await app.page.evaluate(() => visualViewport?.scale)).toBe(1)
})

test('one finger in the lower half moves all graphs into the past, and data stays still there', async () => {
  await fingers.swipe(plot.at(0.2, plot.lower), plot.at(0.7, plot.lower))
  await until(async () => expect((await app.shown()).live).toBe(false))
  const { from, to } = await app.shown()
  expect(to).toBeLessThan(before.to - 0.3 * span(before))
  const updated = await app.page.locator('.state .time').textContent()
  await until(async () => expect(await app.page.locator('.state .time').textContent()).not.toBe(updated))
  expect(await app.shown()).toMatchObject({ from, to })
  expect(await scrolled()).toBe(0)
})

test('one finger in the upper half moves the cursor, and every row shows its moment', async () => {
  await fingers.swipe(plot.at(0.9, plot.upper), plot.at(0.1, plot.upper))
  await until(async () => expect((await app.shown()).cursor).not.toBeNull())
  // Nothing had been written then.
  await until(async () => {
    const values = await app.page.locator('[data-series] output').allTextContents()
    expect(new Set(values)).toEqual(new Set(['–']))
  })
  expect(await app.page.locator('.graph-cursor:visible').count()).toBeGreaterThan(1)
})

test('a swipe up scrolls the page wherever it begins, and moves nothing', async () => {
  for (const height of [plot.upper, plot.lower]) {
    const start = await scrolled()
    const { x } = plot.at(0.5, height)
    const y = height + (await plotArea(app.page)).upper - plot.upper
    await fingers.swipe({ x, y }, { x, y: y - 120 })
    await until(async () => expect(await scrolled()).toBeGreaterThan(start + 50))
    expect(await app.shown()).toMatchObject({ live: true, cursor: null })
  }
})

test('a double tap goes back to live', async () => {
  await fingers.swipe(plot.at(0.2, plot.lower), plot.at(0.7, plot.lower))
  await until(async () => expect((await app.shown()).live).toBe(false))
  await fingers.tap(plot.at(0.5, plot.lower))
  await fingers.tap(plot.at(0.5, plot.lower))
  await until(async () => expect(await app.shown()).toMatchObject({ live: true, cursor: null }))
})
