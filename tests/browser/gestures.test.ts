import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { Fingers } from './graph-page/fingers.ts'
import {
  launchChromium,
  now,
  openGraphs,
  type PlotArea,
  phone,
  plotArea,
  type Shown,
  shown,
} from './graph-page/open.ts'
import { serveGraphPage } from './graph-page/serve.ts'

let served: Awaited<ReturnType<typeof serveGraphPage>>
let browser: Browser
let page: Page
let fingers: Fingers
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

/** A phone with three graphs whose window ends ten minutes ago, so that it can move both ways. */
async function open(parameters: Record<string, string | number> = {}): Promise<void> {
  page = await openGraphs(browser, served.url, phone, parameters)
  fingers = await Fingers.on(page)
  plot = await plotArea(page)
  before = await shown(page)
}

const perPixel = ({ from, to }: Shown): number => (to - from) / (plot.right - plot.left)
const scrolled = (): Promise<number> => page.evaluate(() => scrollY)
const pageZoom = (): Promise<number> => page.evaluate(() => visualViewport?.scale ?? 1)
const timeAt = ({ from, to }: Shown, share: number): number => from + share * (to - from)

/** Within two pixels' worth of time. */
function expectTime(actual: number | null, expected: number, by: Shown = before): void {
  expect(actual).not.toBeNull()
  expect(Math.abs((actual ?? 0) - expected)).toBeLessThan(2 * perPixel(by))
}

describe('one finger', () => {
  test('pan() moves the graph in time when it starts in the lower half', async () => {
    await open()
    await fingers.swipe(plot.at(0.3, plot.lower), plot.at(0.7, plot.lower))
    const after = await shown(page)
    expect(after.to - after.from).toBe(span)
    expectTime(after.from, before.from - 0.4 * span)
    expect(after.cursor).toBeNull()
    expect(await scrolled()).toBe(0)
  })

  test('scrub() moves the cursor when it starts in the upper half, and the cursor stays', async () => {
    await open()
    await fingers.swipe(plot.at(0.2, plot.upper), plot.at(0.6, plot.upper))
    const after = await shown(page)
    expectTime(after.cursor, timeAt(before, 0.6))
    expect([after.from, after.to]).toEqual([before.from, before.to])
    expect(await scrolled()).toBe(0)
    expect((await shown(page)).cursor).toBe(after.cursor)
  })

  test.each(['upper', 'lower'] as const)('swipe() scrolls the page from the %s half', async (half) => {
    await open()
    await fingers.swipe(plot.at(0.5, plot[half]), { x: plot.at(0.52, 0).x, y: plot[half] - 160 }, 10)
    const after = await shown(page)
    expect(await scrolled()).toBeGreaterThan(60)
    expect(after).toEqual(before)
  })

  test('swipe() never scrolls once it went sideways', async () => {
    await open()
    await fingers.down(1, plot.at(0.3, plot.lower))
    await fingers.move({ 1: plot.at(0.45, plot.lower) })
    await fingers.move({ 1: plot.at(0.5, plot.lower - 200) })
    await fingers.up(1)
    expect(await scrolled()).toBe(0)
    expectTime((await shown(page)).from, before.from - 0.2 * span)
  })

  test('tap() puts the cursor in the upper half, and nowhere in the lower', async () => {
    await open()
    await fingers.tap(plot.at(0.4, plot.lower))
    expect(await shown(page)).toEqual(before)
    await fingers.tap(plot.at(0.8, plot.upper))
    expectTime((await shown(page)).cursor, timeAt(before, 0.8))
  })

  test('double tap() goes back to live without a cursor', async () => {
    await open({ live: 'yes', now: Date.now() })
    await fingers.swipe(plot.at(0.2, plot.upper), plot.at(0.5, plot.upper))
    await fingers.swipe(plot.at(0.3, plot.lower), plot.at(0.9, plot.lower))
    const past = await shown(page)
    expect([past.live, past.cursor === null]).toEqual([false, false])
    await fingers.doubleTap(plot.at(0.5, plot.lower))
    const after = await shown(page)
    expect([after.live, after.cursor]).toEqual([true, null])
    expect(after.to - after.from).toBe(span)
  })
})

describe('two fingers', () => {
  test('pinch() zooms around the point between them', async () => {
    await open()
    await fingers.down(1, plot.at(0.4, plot.lower))
    await fingers.down(2, plot.at(0.6, plot.lower))
    await fingers.move({ 1: plot.at(0.3, plot.lower), 2: plot.at(0.7, plot.lower) })
    await fingers.up(1)
    await fingers.up(2)
    const after = await shown(page)
    expect((after.to - after.from) / span).toBeCloseTo(0.5, 1)
    expectTime(timeAt(after, 0.5), timeAt(before, 0.5))
    expect(await pageZoom()).toBe(1)
    expect(await scrolled()).toBe(0)
  })

  test('pinch() zooms out, and moves with the fingers', async () => {
    await open()
    await fingers.down(1, plot.at(0.1, plot.lower))
    await fingers.down(2, plot.at(0.7, plot.lower))
    await fingers.move({ 1: plot.at(0.6, plot.lower), 2: plot.at(0.9, plot.lower) })
    const after = await shown(page)
    expect((after.to - after.from) / span).toBeCloseTo(2, 1)
    expect(after.to).toBeLessThanOrEqual(now)
    await fingers.up(2)
    await fingers.up(1)
  })

  test('pinch() works with the fingers above one another on different graphs', async () => {
    await open()
    const second = await plotArea(page, 1)
    await fingers.down(1, plot.at(0.5, plot.lower))
    await fingers.down(2, second.at(0.5, second.upper))
    const distance = second.upper - plot.lower
    await fingers.move({
      1: plot.at(0.5, plot.lower - distance / 4),
      2: second.at(0.5, second.upper + distance / 4),
    })
    await fingers.up(1)
    await fingers.up(2)
    const after = await shown(page)
    expect((after.to - after.from) / span).toBeCloseTo(1 / 1.5, 1)
    expect(await scrolled()).toBe(0)
    expect(await pageZoom()).toBe(1)
  })

  test('pinch() outside the graphs is the page’s own zoom', async () => {
    await open()
    const { y } = plot.at(0, plot.upper - 90)
    await fingers.down(1, plot.at(0.4, y))
    await fingers.down(2, plot.at(0.6, y))
    await fingers.move({ 1: plot.at(0.1, y), 2: plot.at(0.9, y) }, 10)
    await fingers.up(2)
    await fingers.up(1)
    await expect.poll(pageZoom).toBeGreaterThan(1.2)
    expect(await shown(page)).toEqual(before)
  })

  test('a second finger continues a pan as a pinch, and lifting one continues as a pan', async () => {
    await open()
    await fingers.down(1, plot.at(0.2, plot.lower))
    await fingers.move({ 1: plot.at(0.4, plot.lower) })
    const panned = await shown(page)
    expectTime(panned.from, before.from - 0.2 * span)
    await fingers.down(2, plot.at(0.8, plot.upper))
    expect(await shown(page)).toEqual(panned)
    await fingers.move({ 2: plot.at(0.6, plot.upper) })
    const pinched = await shown(page)
    expect(pinched.to - pinched.from).toBeGreaterThan(1.3 * span)
    await fingers.up(1)
    expect(await shown(page)).toEqual(pinched)
    await fingers.move({ 2: plot.at(0.9, plot.upper) })
    const after = await shown(page)
    expect(after.to - after.from).toBe(pinched.to - pinched.from)
    expectTime(after.from, pinched.from - 0.3 * (pinched.to - pinched.from), pinched)
    await fingers.up(2)
  })

  test('a second finger turns a scrub into a pinch, and the cursor stays', async () => {
    await open()
    await fingers.down(1, plot.at(0.3, plot.upper))
    await fingers.move({ 1: plot.at(0.5, plot.upper) })
    const { cursor } = await shown(page)
    expectTime(cursor, timeAt(before, 0.5))
    await fingers.down(2, plot.at(0.8, plot.upper))
    await fingers.move({ 1: plot.at(0.3, plot.upper), 2: plot.at(0.9, plot.upper) })
    const after = await shown(page)
    expect(after.cursor).toBe(cursor)
    expect(after.to - after.from).toBeLessThan(0.6 * span)
    await fingers.up(2)
    await fingers.up(1)
  })

  test('three fingers and a lifted one leave a sane state', async () => {
    await open()
    await fingers.down(1, plot.at(0.2, plot.lower))
    await fingers.down(2, plot.at(0.5, plot.lower))
    await fingers.down(3, plot.at(0.8, plot.lower))
    await fingers.move({ 3: plot.at(0.9, plot.upper) })
    expect(await shown(page)).toEqual(before)
    await fingers.up(1)
    expect(await shown(page)).toEqual(before)
    await fingers.up(2)
    await fingers.up(3)
    await fingers.swipe(plot.at(0.3, plot.lower), plot.at(0.5, plot.lower))
    expectTime((await shown(page)).from, before.from - 0.2 * span)
  })
})

describe('interruptions', () => {
  test('pointercancel() in a pan keeps what was done and ends it', async () => {
    await open()
    await fingers.down(1, plot.at(0.2, plot.lower))
    await fingers.move({ 1: plot.at(0.4, plot.lower) })
    await fingers.cancel()
    const panned = await shown(page)
    expectTime(panned.from, before.from - 0.2 * span)
    await fingers.swipe(plot.at(0.2, plot.upper), plot.at(0.6, plot.upper))
    const after = await shown(page)
    expect(after.from).toBe(panned.from)
    expectTime(after.cursor, timeAt(panned, 0.6))
  })

  test('pointercancel() in a pinch lets the next finger pan', async () => {
    await open()
    await fingers.down(1, plot.at(0.4, plot.lower))
    await fingers.down(2, plot.at(0.6, plot.lower))
    await fingers.move({ 1: plot.at(0.3, plot.lower), 2: plot.at(0.7, plot.lower) })
    await fingers.cancel()
    const pinched = await shown(page)
    await fingers.swipe(plot.at(0.3, plot.lower), plot.at(0.6, plot.lower))
    const after = await shown(page)
    expect(after.to - after.from).toBe(pinched.to - pinched.from)
    expectTime(after.from, pinched.from - 0.3 * (pinched.to - pinched.from))
  })

  test('turning the phone in mid-pan goes on with the same moment under the finger', async () => {
    await open()
    await fingers.down(1, plot.at(0.2, plot.lower))
    await fingers.move({ 1: plot.at(0.4, plot.lower) })
    const { from } = await shown(page)
    await page.setViewportSize({ width: 915, height: 412 })
    await fingers.cancel()
    expect((await shown(page)).from).toBe(from)
    plot = await plotArea(page)
    await fingers.swipe(plot.at(0.6, plot.lower), plot.at(0.4, plot.lower))
    expectTime((await shown(page)).from, from + 0.2 * span)
  })
})

describe('live', () => {
  test('pan() into the past leaves live and then nothing jumps', async () => {
    await open({ live: 'yes', now: Date.now() })
    expect(before.live).toBe(true)
    await fingers.swipe(plot.at(0.3, plot.lower), plot.at(0.6, plot.lower))
    const after = await shown(page)
    expect(after.live).toBe(false)
    await page.waitForTimeout(1200)
    expect(await shown(page)).toEqual(after)
  })

  test('pinch() that keeps the present at the right edge stays live', async () => {
    await open({ live: 'yes', now: Date.now() })
    await fingers.down(1, plot.at(0.2, plot.lower))
    await fingers.down(2, plot.at(0.8, plot.lower))
    await fingers.move({ 1: plot.at(0.4, plot.lower), 2: plot.at(0.6, plot.lower) })
    await fingers.up(2)
    await fingers.up(1)
    const after = await shown(page)
    expect(after.live).toBe(true)
    expect(after.to - after.from).toBeGreaterThan(2 * span)
  })

  test('follow() glides a short window between the seconds', async () => {
    await open({ live: 'yes', now: Date.now(), span: 60_000 })
    const edges = new Set<number>()
    for (let n = 0; n < 8; n++) {
      edges.add((await shown(page)).to)
      await page.waitForTimeout(70)
    }
    expect(edges.size).toBeGreaterThan(4)
  })
})
