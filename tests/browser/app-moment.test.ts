// The moment in the whole app: cursor on points, spikes by button and key, sharing, the locked cursor and its sheet.

import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { Fingers } from './graph-page/fingers.ts'
import { plotArea } from './graph-page/open.ts'
import { type AppPage, desktop, launchChromium, openApp, phone } from './support/app-page.ts'
import { Instance } from './support/instance.ts'
import { patience, until } from './support/until.ts'

vi.setConfig(patience)

const instance = new Instance()
let browser: Browser
let app: AppPage

/** Ten seconds between points; the last one two minutes ago. */
const everyMs = 10_000
const end = Math.floor(Date.now() / everyMs) * everyMs - 120_000
const length = 120
const timeOf = (index: number): number => end - (length - index) * everyMs
const spikes = [30, 80]

beforeAll(async () => {
  await instance.startServer()
  browser = await launchChromium()
  for (let index = 0; index <= length; index++) {
    const value = spikes.includes(index) ? 90 : 20 + (index % 3)
    const point = { projectid: 'spiky', category: 'oven', unit: '°C', time: timeOf(index) }
    await instance.addPoint({ ...point, label: 'top', value })
    await instance.addPoint({ ...point, label: 'bottom', value: 10 + (index % 2) })
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

async function open(device = phone, cursor?: number): Promise<void> {
  const moment = cursor === undefined ? '' : `&cursor=${cursor}`
  app = await openApp(
    browser,
    `${instance.url}?project=spiky&from=${timeOf(0)}&to=${end + 1}${moment}`,
    device,
  )
  await app.card('oven').locator('.graph-plot').waitFor()
  await until(async () => expect(await app.value('oven', 'top').textContent()).toMatch(/\d/))
}

/** Points without a known interval are drawn in the middle of their bucket, here of 5 s. */
const bucketMs = 5000
const drawn = (index: number): number => timeOf(index) + bucketMs / 2

const cursor = async (): Promise<number | null> => (await app.shown()).cursor
const press = (name: string): Promise<void> => app.page.getByRole('button', { name }).click()

test('the cursor comes to rest on points, and arrows go from one to the next', async () => {
  await open()
  const fingers = await Fingers.on(app.page)
  const plot = await plotArea(app.page)
  await fingers.swipe(plot.at(0.9, plot.upper), plot.at(0.503, plot.upper))
  await until(async () => expect(await cursor()).not.toBeNull())
  const start = (await cursor()) ?? 0
  expect((start - drawn(0)) % everyMs).toBe(0)
  await app.card('oven').locator('.graph-plot').focus()
  await app.page.keyboard.press('ArrowLeft')
  await until(async () => expect(await cursor()).toBe(start - everyMs))
  await app.page.keyboard.press('ArrowRight')
  await app.page.keyboard.press('ArrowRight')
  await until(async () => expect(await cursor()).toBe(start + everyMs))
})

test('the moment says weekday, time and distance', async () => {
  await open(phone, timeOf(50))
  const words = await app.page.locator('.moment .when').innerText()
  expect(words).toMatch(/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun).* \d\d:\d\d:\d\d\s.*min.* ago$/)
})

test('buttons and keys go to the spikes and name them', async () => {
  await open(phone, timeOf(100))
  await press('Previous spike')
  await until(async () => expect(await cursor()).toBe(drawn(80)))
  expect(await app.page.locator('.moment [role="status"]').textContent()).toBe('Peak of oven, top: 90 °C')
  await press('Previous spike')
  await until(async () => expect(await cursor()).toBe(drawn(30)))
  await press('Next spike')
  await until(async () => expect(await cursor()).toBe(drawn(80)))
  await app.card('oven').locator('.graph-plot').focus()
  await app.page.keyboard.press('p')
  await until(async () => expect(await cursor()).toBe(drawn(30)))
  await app.page.keyboard.press('p')
  await until(async () =>
    expect(await app.page.locator('.moment [role="status"]').textContent()).toBe(
      'No earlier spike of oven found',
    ),
  )
})

test('a spike outside of the window is found, and the window goes there', async () => {
  await open(phone, timeOf(100))
  await app.page.goto(
    `${instance.url}?project=spiky&from=${timeOf(100)}&to=${timeOf(115)}&cursor=${timeOf(110)}`,
  )
  await until(async () => expect(await app.value('oven', 'top').textContent()).toMatch(/\d/))
  await press('Previous spike')
  await until(async () => expect(await app.value('oven', 'top').textContent()).toBe('90 °C'))
  const { from, to } = await app.shown()
  expect(from).toBeLessThan(timeOf(80))
  expect(to).toBeGreaterThan(timeOf(80))
})

test('share hands over an address that shows the same, or copies it and says so', async () => {
  await open(phone, timeOf(80))
  const seen = await app.shown()
  await app.page.evaluate(() => {
    Object.defineProperty(navigator, 'share', {
      configurable: true,
      value: async (data: ShareData) => {
        document.title = `shared ${data.url}`
      },
    })
  })
  await press('Share this moment')
  await until(async () => expect(await app.page.title()).toMatch(/^shared http/))
  const url = (await app.page.title()).slice('shared '.length)
  await app.page.goto(url)
  await app.card('oven').locator('.graph-plot').waitFor()
  expect(await app.shown()).toEqual(seen)
  await app.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await app.page.evaluate(() =>
    Object.defineProperty(navigator, 'share', { configurable: true, value: undefined }),
  )
  await press('Share this moment')
  await until(async () =>
    expect(await app.page.locator('.moment [role="status"]').textContent()).toBe(
      'Address of this moment copied',
    ),
  )
  expect(await app.page.evaluate(() => navigator.clipboard.readText())).toBe(url)
})

test('a long press locks the cursor and opens the moment', async () => {
  await open()
  const fingers = await Fingers.on(app.page)
  const plot = await plotArea(app.page)
  await fingers.down(1, plot.at(0.5, plot.upper))
  const sheet = app.page.getByRole('dialog', { name: 'This moment' })
  await sheet.waitFor()
  await fingers.up(1)
  const locked = await cursor()
  expect(locked).not.toBeNull()
  expect(await sheet.innerText()).toMatch(/top\s+\d+ °C/)
  expect(await app.violations()).toEqual([])
  await app.page.keyboard.press('Escape')
  await fingers.swipe(plot.at(0.3, plot.upper), plot.at(0.4, plot.upper))
  await until(async () => expect((await app.shown()).to).toBeLessThan(end))
  expect(await cursor()).toBe(locked)
  await app.page.locator('.moment .when').tap()
  await sheet.getByRole('button', { name: 'Cursor is locked' }).tap()
  await app.page.keyboard.press('Escape')
  await fingers.swipe(plot.at(0.9, plot.upper), plot.at(0.8, plot.upper))
  await until(async () => expect(await cursor()).not.toBe(locked))
})

test('Enter on a graph locks the cursor and opens the moment', async () => {
  await open(desktop)
  await app.card('oven').locator('.graph-plot').focus()
  await app.page.keyboard.press('ArrowLeft')
  await app.page.keyboard.press('Enter')
  const sheet = app.page.getByRole('dialog', { name: 'This moment' })
  await sheet.waitFor()
  expect(await sheet.getByRole('button', { name: 'Cursor is locked' }).count()).toBe(1)
})
