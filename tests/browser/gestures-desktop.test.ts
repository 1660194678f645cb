import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  desktop,
  launchChromium,
  openGraphs,
  type PlotArea,
  plotArea,
  type Shown,
  shown,
} from './graph-page/open.ts'
import { serveGraphPage } from './graph-page/serve.ts'

let served: Awaited<ReturnType<typeof serveGraphPage>>
let browser: Browser
let page: Page
let plot: PlotArea
let before: Shown

const span = 600_000

beforeAll(async () => {
  served = await serveGraphPage()
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  await served?.close()
})

afterEach(async () => {
  await page.context().close()
})

async function open(parameters: Record<string, string | number> = {}): Promise<void> {
  page = await openGraphs(browser, served.url, desktop, parameters)
  plot = await plotArea(page)
  before = await shown(page)
}

const timeAt = ({ from, to }: Shown, share: number): number => from + share * (to - from)
const graph = (n = 0): Locator => page.locator('.graph-plot').nth(n)
const moveTo = (share: number, y = plot.lower): Promise<void> => page.mouse.move(plot.at(share, y).x, y)

/** Within two pixels' worth of time. */
function expectTime(actual: number | null, expected: number): void {
  expect(actual).not.toBeNull()
  expect(Math.abs((actual ?? 0) - expected)).toBeLessThan((2 * span) / (plot.right - plot.left))
}

describe('mouse', () => {
  test('moving it scrubs in both halves, and leaving takes the cursor away', async () => {
    await open()
    await moveTo(0.3, plot.upper)
    expectTime((await shown(page)).cursor, timeAt(before, 0.3))
    await moveTo(0.7, plot.lower)
    expectTime((await shown(page)).cursor, timeAt(before, 0.7))
    await page.mouse.move(5, 5)
    expect(await shown(page)).toEqual(before)
  })

  test('a click leaves the cursor where it is', async () => {
    await open()
    const { x, y } = plot.at(0.4, plot.lower)
    await page.mouse.click(x, y)
    await page.mouse.move(5, 5)
    expectTime((await shown(page)).cursor, timeAt(before, 0.4))
  })

  test('a drag pans, also when it ends outside', async () => {
    await open()
    await moveTo(0.2, plot.upper)
    await page.mouse.down()
    await moveTo(0.6, plot.upper)
    await moveTo(0.9, 5)
    await page.mouse.up()
    const after = await shown(page)
    expectTime(after.from, before.from - 0.7 * span)
    expect([after.to - after.from, after.cursor]).toEqual([span, null])
  })

  test('a double click goes back to live', async () => {
    await open()
    const { x, y } = plot.at(0.5, plot.lower)
    await page.mouse.dblclick(x, y)
    await page.mouse.move(5, 5)
    expect(await shown(page)).toMatchObject({ live: true, cursor: null })
  })
})

describe('wheel', () => {
  test('it zooms around the pointer', async () => {
    await open()
    await moveTo(0.25)
    await page.mouse.wheel(0, -300)
    const after = await shown(page)
    expect(after.to - after.from).toBeLessThan(0.7 * span)
    expectTime(timeAt(after, 0.25), timeAt(before, 0.25))
    await page.mouse.wheel(0, 300)
    expect(Math.abs((await shown(page)).from - before.from)).toBeLessThan(10)
    expect(await page.evaluate(() => scrollY)).toBe(0)
  })

  test('it pans sideways', async () => {
    await open()
    await moveTo(0.5)
    await page.mouse.wheel(-(plot.right - plot.left) / 4, 0)
    expectTime((await shown(page)).from, before.from - 0.25 * span)
  })

  test('a turn that began on the page goes on scrolling it over a graph', async () => {
    await open({ graphs: 12 })
    const session = await page.context().newCDPSession(page)
    const turn = (x: number, y: number) =>
      session.send('Input.dispatchMouseEvent', { type: 'mouseWheel', x, y, deltaX: 0, deltaY: 50 })
    await Promise.all([turn(720, 30), turn(plot.at(0.5, 0).x, plot.lower)])
    await page.waitForFunction(() => scrollY >= 100)
    const { from, to } = await shown(page)
    expect([from, to]).toEqual([before.from, before.to])
  })
})

describe('keys', () => {
  test('arrows move the cursor by a bucket, with shift by ten', async () => {
    await open()
    await graph().focus()
    await page.keyboard.press('ArrowLeft')
    const first = (await shown(page)).cursor ?? 0
    await page.keyboard.press('ArrowLeft')
    const bucket = first - ((await shown(page)).cursor ?? 0)
    expect(bucket).toBeGreaterThanOrEqual(1000)
    await page.keyboard.press('Shift+ArrowLeft')
    expect((await shown(page)).cursor).toBe(first - 11 * bucket)
    await page.keyboard.press('Escape')
    expect((await shown(page)).cursor).toBeNull()
  })

  test('+ and - zoom, Home and End go to the ends', async () => {
    await open()
    await graph().focus()
    await page.keyboard.press('+')
    const closer = await shown(page)
    expect(closer.to - closer.from).toBe(span / 1.5)
    await page.keyboard.press('-')
    expect(await shown(page)).toEqual(before)
    await page.keyboard.press('Home')
    expect((await shown(page)).from).toBeLessThan(before.from - span)
    await page.keyboard.press('End')
    expect((await shown(page)).live).toBe(true)
  })

  test('they work where nothing has the focus, once for all graphs, and leave scrolling to the page', async () => {
    await open({ graphs: 12 })
    await page.keyboard.press('+')
    const closer = await shown(page)
    expect(closer.to - closer.from).toBe(span / 1.5)
    await page.keyboard.press('-')
    expect(await shown(page)).toEqual(before)
    await page.keyboard.press('ArrowLeft')
    expect((await shown(page)).cursor).not.toBeNull()
    await page.keyboard.press('End')
    await page.waitForFunction(() => scrollY > 0)
    expect((await shown(page)).live).toBe(before.live)
  })
})

describe('accessibility', () => {
  test('a graph is a slider whose value is the cursor’s moment', async () => {
    await open()
    const slider = page.getByRole('slider', { name: 'Processors: graph' })
    await slider.focus()
    await page.keyboard.press('ArrowLeft')
    const { cursor } = await shown(page)
    await expect.poll(() => slider.getAttribute('aria-valuenow')).toBe(String(cursor))
    expect(await slider.getAttribute('aria-valuetext')).toMatch(/2026.*13:\d\d:\d\d/)
  })

  test.each(['light', 'dark'])('axe finds nothing in the %s theme', async (theme) => {
    await open({ theme })
    const { violations } = await new AxeBuilder({ page }).include('main').disableRules(['region']).analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
  })
})
