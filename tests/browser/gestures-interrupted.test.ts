// What happens to a gesture after the finger is gone, and when something comes between: windows that run on, edges that
// give, other fingers, palms, calls, a phone that is turned.

import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { Fingers, nextFrame } from './graph-page/fingers.ts'
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
import type { Harness } from './graph-page/page.ts'
import { serveGraphPage } from './graph-page/serve.ts'

declare const harness: Harness

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

/** A phone with three graphs whose window ends ten minutes ago. */
async function open(
  parameters: Record<string, string | number> = {},
  device: BrowserContextOptions = {},
): Promise<void> {
  page = await openGraphs(browser, served.url, { ...phone, ...device }, parameters)
  fingers = await Fingers.on(page)
  plot = await plotArea(page)
  before = await shown(page)
}

const perPixel = ({ from, to }: Shown): number => (to - from) / (plot.right - plot.left)
const scrolled = (): Promise<number> => page.evaluate(() => scrollY)
const held = (): Promise<boolean> => page.evaluate(() => harness.view.held)

/** The window once nothing moves it any more. */
async function atRest(): Promise<Shown> {
  await expect.poll(held).toBe(false)
  return shown(page)
}

/** After whatever came between: one finger scrubs, one pans, two pinch, and the page scrolls. */
async function expectSane(): Promise<void> {
  const start = await atRest()
  await fingers.swipe(plot.at(0.3, plot.upper), plot.at(0.5, plot.upper))
  const scrubbed = await shown(page)
  expect([scrubbed.from, scrubbed.cursor === null]).toEqual([start.from, false])
  await fingers.swipe(plot.at(0.3, plot.lower), plot.at(0.5, plot.lower))
  const panned = await atRest()
  expect(Math.abs(panned.from - start.from + 0.2 * (start.to - start.from))).toBeLessThan(2 * perPixel(start))
  await fingers.down(1, plot.at(0.4, plot.lower))
  await fingers.down(2, plot.at(0.6, plot.lower))
  await fingers.move({ 1: plot.at(0.3, plot.lower), 2: plot.at(0.7, plot.lower) })
  await fingers.up(1)
  await fingers.up(2)
  const pinched = await atRest()
  expect((pinched.to - pinched.from) / (start.to - start.from)).toBeCloseTo(0.5, 1)
  expect(await scrolled()).toBe(0)
}

describe('running on', () => {
  test('a flung window runs on, ever slower, and a touch stops it', async () => {
    await open()
    await fingers.fling(plot.at(0.3, plot.lower), plot.at(0.5, plot.lower))
    await nextFrame(page)
    const lifted = await shown(page)
    expect(lifted.from).toBeLessThan(before.from - 0.15 * span)
    await expect.poll(async () => (await shown(page)).from).toBeLessThan(lifted.from - 0.1 * span)
    await fingers.down(1, plot.at(0.5, plot.upper))
    const stopped = await shown(page)
    await page.waitForTimeout(150)
    expect(await shown(page)).toEqual(stopped)
    await fingers.lift(1)
    expect(await atRest()).toEqual(stopped)
    await expectSane()
  })

  test('nothing runs on and no edge gives for whoever wants less motion', async () => {
    await open({ live: 'yes', now: Date.now() }, { reducedMotion: 'reduce' })
    await fingers.fling(plot.at(0.3, plot.lower), plot.at(0.5, plot.lower))
    const after = await atRest()
    expect(Math.abs(after.from - before.from + 0.2 * span)).toBeLessThan(0.03 * span)
    await fingers.down(1, plot.at(0.9, plot.lower))
    await fingers.move({ 1: plot.at(0.3, plot.lower) })
    const { to, live } = await shown(page)
    expect([live, to <= Date.now()]).toEqual([true, true])
    await fingers.up(1)
  })

  test('edges give way at the present and at the oldest point, and spring back', async () => {
    await open({ span: 3_600_000 })
    const hour = 3_600_000
    await fingers.down(1, plot.at(0.95, plot.lower))
    await fingers.move({ 1: plot.at(0.05, plot.lower) })
    await fingers.up(1)
    await atRest()
    await fingers.down(1, plot.at(0.9, plot.lower))
    await fingers.move({ 1: plot.at(0.3, plot.lower) })
    const { to } = await shown(page)
    expect(to).toBeGreaterThan(now + 0.05 * hour)
    expect(to).toBeLessThan(now + 0.4 * hour)
    await fingers.up(1)
    expect(await atRest()).toMatchObject({ to: now, live: true })
    await page.evaluate(() => {
      harness.view.oldest = harness.view.state.from - 60_000
    })
    await fingers.fling(plot.at(0.2, plot.lower), plot.at(0.9, plot.lower))
    expect((await atRest()).from).toBe(now - hour - 60_000)
  })

  test('a swipe up over a window that runs on stops it and scrolls the page', async () => {
    await open()
    await fingers.fling(plot.at(0.2, plot.lower), plot.at(0.6, plot.lower))
    expect(await held()).toBe(true)
    await fingers.swipe(plot.at(0.5, plot.lower), plot.at(0.5, plot.lower - 170), 10)
    expect(await scrolled()).toBeGreaterThan(60)
    const after = await atRest()
    await page.waitForTimeout(150)
    expect(await shown(page)).toEqual(after)
  })
})

describe('deciding', () => {
  test('ten pixels decide: sideways moves the graph, up or down does not', async () => {
    await open()
    const start = plot.at(0.5, plot.lower)
    await fingers.down(1, start)
    await fingers.move({ 1: { x: start.x + 10, y: start.y + 4 } }, 2)
    expect((await shown(page)).from).toBeLessThan(before.from - 5 * perPixel(before))
    await fingers.move({ 1: start }, 2)
    await fingers.up(1)
    await atRest()
    const again = await shown(page)
    await fingers.down(1, start)
    await fingers.move({ 1: { x: start.x + 6, y: start.y - 11 } }, 2)
    expect(await shown(page)).toEqual(again)
    await fingers.up(1)
  })

  test('a swipe that begins beside the graphs scrolls the page and moves nothing', async () => {
    await open()
    const { x } = plot.at(0.5, 0)
    const title = plot.upper - 90
    await fingers.swipe({ x, y: title }, { x: x + 20, y: title - 70 }, 8)
    expect(await scrolled()).toBeGreaterThan(20)
    expect(await shown(page)).toEqual(before)
  })
})

describe('interruptions', () => {
  test('a second finger on a window that runs on takes it over as a pinch', async () => {
    await open()
    await fingers.fling(plot.at(0.2, plot.lower), plot.at(0.5, plot.lower))
    expect(await held()).toBe(true)
    await fingers.down(1, plot.at(0.3, plot.lower))
    await fingers.down(2, plot.at(0.6, plot.lower))
    const taken = await shown(page)
    await fingers.move({ 2: plot.at(0.9, plot.lower) })
    const pinched = await shown(page)
    expect((pinched.to - pinched.from) / (taken.to - taken.from)).toBeCloseTo(0.5, 1)
    await fingers.up(1)
    await fingers.up(2)
    await expectSane()
  })

  test('a call in a pan beyond an edge lets the window spring back', async () => {
    await open({ live: 'yes', now: Date.now() })
    await fingers.down(1, plot.at(0.9, plot.lower))
    await fingers.move({ 1: plot.at(0.3, plot.lower) })
    expect((await shown(page)).to).toBeGreaterThan(before.to + 0.05 * span)
    await fingers.cancel()
    const { live, to } = await atRest()
    expect([live, to <= Date.now()]).toEqual([true, true])
  })

  test('a palm: five contacts at once, some taken away, some lifted', async () => {
    await open()
    for (let id = 1; id <= 5; id++) await fingers.down(id, plot.at(0.1 + id * 0.15, plot.lower + id * 3))
    await fingers.move({ 3: plot.at(0.6, plot.lower), 5: plot.at(0.9, plot.upper) }, 3)
    await fingers.lift(2)
    await fingers.lift(4)
    await fingers.cancel()
    const after = await atRest()
    expect([after.to > after.from, after.cursor]).toEqual([true, null])
    await page.evaluate(([from, to]) => harness.view.show(from, to), [before.from, before.to] as const)
    await expectSane()
  })

  test('three fingers: the first two pinch, and those that stay go on without a jump', async () => {
    await open()
    for (const [id, share] of [0.2, 0.5, 0.8].entries())
      await fingers.down(id + 1, plot.at(share, plot.lower))
    await fingers.move({ 1: plot.at(0.1, plot.lower), 2: plot.at(0.6, plot.lower) })
    const pinched = await shown(page)
    expect((pinched.to - pinched.from) / span).toBeCloseTo(0.6, 1)
    await fingers.lift(1)
    expect(await shown(page)).toEqual(pinched)
    await fingers.lift(2)
    expect(await shown(page)).toEqual(pinched)
    await fingers.move({ 3: plot.at(0.9, plot.lower) })
    const panned = await shown(page)
    expect(panned.to - panned.from).toBe(pinched.to - pinched.from)
    expect(panned.from).toBeLessThan(pinched.from)
    await fingers.up(3)
    await page.evaluate(([from, to]) => harness.view.show(from, to), [before.from, before.to] as const)
    await expectSane()
  })

  test('a phone turned in mid-pan keeps the moment under the finger there', async () => {
    await open()
    await fingers.down(1, plot.at(0.3, plot.lower))
    await fingers.move({ 1: plot.at(0.4, plot.lower) })
    const { from, to } = await shown(page)
    const under = from + 0.4 * (to - from)
    await page.setViewportSize({ width: 915, height: 412 })
    await nextFrame(page)
    const turned = await plotArea(page)
    const x = (turned.left + turned.right) / 2
    await fingers.move({ 1: { x, y: turned.lower } }, 3)
    const after = await shown(page)
    expect(Math.abs(after.from + 0.5 * (after.to - after.from) - under)).toBeLessThan(3 * perPixel(after))
    await fingers.up(1)
    plot = await plotArea(page)
    await expectSane()
  })
})

describe('what a finger means', () => {
  test('a tap near a line picks its series, and the line between the halves shows under the finger', async () => {
    await open()
    const top = await page.evaluate(() => {
      const { graph } = harness.graphs[0] ?? {}
      return graph?.chart.chartArea.top ?? 0
    })
    const box = await page.locator('.graph-plot').first().boundingBox()
    if (!box) throw new Error('no graph')
    const held = () =>
      page
        .locator('.graph-plot')
        .first()
        .evaluate((root) => root.classList.contains('held'))
    await fingers.down(1, plot.at(0.5, plot.upper))
    expect(await held()).toBe(true)
    await fingers.lift(1)
    expect(await held()).toBe(false)
    // Somewhere on the way down there is a line; the dot on the cursor sits where it passes.
    const dot = page.locator('.graph-plot').first().locator('.graph-dot')
    for (let y = box.y + top + 10; y < box.y + box.height - 24 && (await dot.isHidden()); y += 24) {
      await fingers.tap({ x: plot.at(0.5, 0).x, y })
      await page.waitForTimeout(420)
    }
    expect(await dot.isVisible()).toBe(true)
    expect(await page.locator('.graph-plot.touched').count()).toBe(1)
  })
})
