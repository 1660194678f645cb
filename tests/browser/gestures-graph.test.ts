// What a graph draws, read from its pixels.

import type {} from 'chartjs-plugin-zoom'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { Fingers, nextFrame } from './graph-page/fingers.ts'
import { desktop, launchChromium, openGraphs, phone, plotArea, shown } from './graph-page/open.ts'
import type { Harness } from './graph-page/page.ts'
import { serveGraphPage } from './graph-page/serve.ts'

declare const harness: Harness

let served: Awaited<ReturnType<typeof serveGraphPage>>
let browser: Browser
let page: Page

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

interface Bucket {
  min: number
  mean: number
  max: number
}

/** Gives the first graph one series of 100 buckets over the window: a list of [index, value or bucket]. */
async function give(
  buckets: readonly (readonly [number, number | Bucket])[],
  color = 'rgb(255, 0, 0)',
): Promise<void> {
  await page.evaluate(
    ([given, css]) => {
      const { view, graphs } = harness
      const [placed] = graphs
      if (!placed) throw new Error('no graph')
      const length = 100
      const empty = () => new Float64Array(length).fill(Number.NaN)
      const columns = { count: new Float64Array(length), min: empty(), mean: empty(), max: empty() }
      for (const [index, value] of given) {
        const bucket = typeof value === 'number' ? { min: value, mean: value, max: value } : value
        columns.count[index] = 2
        columns.min[index] = bucket.min
        columns.mean[index] = bucket.mean
        columns.max[index] = bucket.max
      }
      const { from, to } = view.state
      const stepMs = (to - from) / length
      placed.graph.setSeries([{ id: 1, label: 'one', color: css, hidden: false, min: 0, max: 100 }])
      placed.graph.setData({ from, stepMs, length, everyMs: stepMs, columns: new Map([[1, columns]]) })
    },
    [buckets, color] as const,
  )
  await painted()
}

/** Another thread has painted what was last asked for, and it is on the screen. */
async function painted(): Promise<void> {
  await page.waitForTimeout(150)
  await nextFrame(page)
}

/** Rows (share of the plot's height from below) of the first graph's traces that are coloured at a bucket. */
async function ink(
  bucket: number,
  channel: 0 | 1 | 2 = 0,
): Promise<{ low: number; high: number; alpha: number } | null> {
  return page.evaluate(
    ([at, wanted]) => {
      const area = document.querySelector('.graph-traces')
      const canvas = area?.querySelector('canvas')
      if (!area || !canvas) throw new Error('no traces')
      const ctx = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d')
      if (!ctx) throw new Error('no canvas')
      ctx.drawImage(canvas, 0, 0)
      const [outer, inner] = [area.getBoundingClientRect(), canvas.getBoundingClientRect()]
      const share = (outer.left + (at / 100) * outer.width - inner.left) / inner.width
      const { data } = ctx.getImageData(Math.round(share * canvas.width), 0, 1, canvas.height)
      const pixelRatio = canvas.height / outer.height
      const overhang = 2 * pixelRatio
      // Below the plot are the labels of the time axis.
      const height = canvas.height - (2 + 20) * pixelRatio
      const rows: number[] = []
      let alpha = 0
      for (let y = 0; y < height + 2 * overhang; y++) {
        const [strength, other] = [data[4 * y + wanted] ?? 0, data[4 * y + ((wanted + 1) % 3)] ?? 0]
        if (strength < 200 || other > 120 || (data[4 * y + 3] ?? 0) < 30) continue
        rows.push(y)
        alpha = Math.max(alpha, data[4 * y + 3] ?? 0)
      }
      const up = (y: number) => 1 - (y - overhang) / height
      return rows.length === 0 ? null : { low: up(rows.at(-1) ?? 0), high: up(rows[0] ?? 0), alpha }
    },
    [bucket, channel] as const,
  )
}

describe('traces', () => {
  test('a line joins neighbours and leaves a gap as a gap', async () => {
    page = await openGraphs(browser, served.url, phone, { empty: '' })
    await give([...Array(100).keys()].filter((n) => n < 40 || n > 60).map((n) => [n, 50]))
    for (const at of [10, 39, 61, 90]) expect((await ink(at))?.high).toBeCloseTo(0.5, 1)
    for (const at of [42, 50, 58]) expect(await ink(at)).toBeNull()
  })

  test('a point without neighbours is a dot', async () => {
    page = await openGraphs(browser, served.url, phone, { empty: '' })
    await give([[30, 20]])
    const dot = await ink(30)
    expect(dot?.low).toBeLessThan(0.2)
    expect(dot?.high).toBeGreaterThan(0.2)
    expect((dot?.high ?? 0) - (dot?.low ?? 0)).toBeLessThan(0.06)
    expect(await ink(32)).toBeNull()
  })

  test('the band reaches from least to greatest, paler than the line', async () => {
    page = await openGraphs(browser, served.url, phone, { empty: '' })
    await give([...Array(100).keys()].map((n) => [n, n === 50 ? { min: 10, mean: 30, max: 95 } : 30]))
    const spike = await ink(50)
    expect(spike?.high).toBeCloseTo(0.95, 1)
    expect(spike?.low).toBeCloseTo(0.1, 1)
    expect((await ink(20))?.high).toBeCloseTo(0.3, 1)
  })

  test('the band of a point without neighbours is an upright line', async () => {
    page = await openGraphs(browser, served.url, phone, { empty: '' })
    await give([[30, { min: 20, mean: 50, max: 80 }]])
    const bar = await ink(30)
    expect(bar?.low).toBeCloseTo(0.2, 1)
    expect(bar?.high).toBeCloseTo(0.8, 1)
    expect(await ink(31)).toBeNull()
  })

  test('a hidden series is gone, and a theme or colour that changes is drawn', async () => {
    page = await openGraphs(browser, served.url, phone, { empty: '' })
    await give([...Array(100).keys()].map((n) => [n, 50]))
    expect(await ink(50, 0)).not.toBeNull()
    await page.evaluate(() => {
      document.documentElement.style.setProperty('--tone', 'rgb(0, 0, 255)')
      const series = { id: 1, label: 'one', color: 'var(--tone)', hidden: false, min: 0, max: 100 }
      harness.graphs[0]?.graph.setSeries([series])
    })
    await painted()
    expect([await ink(50, 0), (await ink(50, 2)) === null]).toEqual([null, false])
    await page.evaluate(() => {
      const series = { id: 1, label: 'one', color: 'var(--tone)', hidden: true, min: 0, max: 100 }
      harness.graphs[0]?.graph.setSeries([series])
    })
    await painted()
    expect(await ink(50, 2)).toBeNull()
  })

  test('what is there stays, stretched, until finer data is there', async () => {
    page = await openGraphs(browser, served.url, phone, { empty: '' })
    await give([...Array(100).keys()].map((n) => [n, n === 50 ? 90 : 10]))
    const plot = await plotArea(page)
    const fingers = await Fingers.on(page)
    await fingers.down(1, plot.at(0.4, plot.lower))
    await fingers.down(2, plot.at(0.6, plot.lower))
    await fingers.move({ 1: plot.at(0.2, plot.lower), 2: plot.at(0.8, plot.lower) })
    expect((await ink(50))?.high).toBeCloseTo(0.9, 1)
    expect((await ink(40))?.high).toBeLessThan(0.2)
    await fingers.up(1)
    await fingers.up(2)
    await painted()
    expect((await ink(50))?.high).toBeCloseTo(0.9, 1)
    expect((await ink(40))?.high).toBeLessThan(0.2)
  })
})

describe('sight', () => {
  /** How often the traces of a graph get another picture. */
  const countDrawings = (): Promise<void> =>
    page.evaluate(() => {
      const counts = new Map<unknown, number>()
      const { transferFromImageBitmap } = ImageBitmapRenderingContext.prototype
      ImageBitmapRenderingContext.prototype.transferFromImageBitmap = function (bitmap: ImageBitmap | null) {
        if (bitmap) counts.set(this.canvas, (counts.get(this.canvas) ?? 0) + 1)
        transferFromImageBitmap.call(this, bitmap)
      }
      Object.assign(globalThis, { counts })
    })
  const drawings = (graph: number): Promise<number> =>
    page.evaluate((index) => {
      const { counts } = globalThis as unknown as { counts: Map<HTMLCanvasElement, number> }
      const canvas = document.querySelectorAll<HTMLCanvasElement>('.graph-traces canvas')[index]
      return (canvas && counts.get(canvas)) ?? 0
    }, graph)

  test('a graph far from the screen is not drawn until it comes near', async () => {
    page = await openGraphs(browser, served.url, phone, { graphs: 10 })
    await countDrawings()
    await page.evaluate(() => harness.view.zoom(0.5, harness.view.state.to))
    await expect.poll(() => drawings(0)).toBeGreaterThan(0)
    expect(await drawings(9)).toBe(0)
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight))
    await expect.poll(() => drawings(9)).toBeGreaterThan(0)
    const width = () =>
      page
        .locator('.graph-traces canvas')
        .nth(0)
        .evaluate((canvas: HTMLCanvasElement) => canvas.width)
    expect(await width()).toBeLessThan(400)
    await page.evaluate(() => scrollTo(0, 0))
    await expect.poll(width).toBeGreaterThan(900)
  })

  test('panning within the margin draws no graph anew', async () => {
    page = await openGraphs(browser, served.url, phone, { empty: '' })
    await give([...Array(100).keys()].map((n) => [n, 50]))
    const plot = await plotArea(page)
    const fingers = await Fingers.on(page)
    await countDrawings()
    await fingers.down(1, plot.at(0.5, plot.lower))
    await fingers.move({ 1: plot.at(0.7, plot.lower) }, 12)
    expect(await drawings(0)).toBe(0)
    await fingers.up(1)
    await expect.poll(() => drawings(0)).toBeGreaterThan(0)
  })

  test('moving the cursor draws no graph anew', async () => {
    page = await openGraphs(browser, served.url, phone, { empty: '' })
    await give([...Array(100).keys()].map((n) => [n, 50]))
    const plot = await plotArea(page)
    const fingers = await Fingers.on(page)
    await countDrawings()
    await fingers.down(1, plot.at(0.2, plot.upper))
    await fingers.move({ 1: plot.at(0.7, plot.upper) }, 12)
    const lines = await page
      .locator('.graph-cursor')
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().x))
    for (const x of lines) expect(Math.abs(x - plot.at(0.7, 0).x)).toBeLessThan(1.5)
    expect(
      await page.evaluate(() => (globalThis as unknown as { counts: Map<unknown, number> }).counts.size),
    ).toBe(0)
    await fingers.up(1)
  })
})

describe('frame', () => {
  test('all graphs show the same window at the same places', async () => {
    page = await openGraphs(browser, served.url, desktop, { graphs: 4 })
    const places = await page.locator('.graph-traces').evaluateAll((all) =>
      all.map((area) => {
        const host = area.closest('.host')?.getBoundingClientRect()
        const { left, width } = area.getBoundingClientRect()
        return [left - (host?.left ?? 0), width]
      }),
    )
    expect(places).toHaveLength(4)
    expect(new Set(places.map(String)).size).toBe(1)
  })

  test('the zoom plugin’s own API moves the shared window', async () => {
    page = await openGraphs(browser, served.url, desktop)
    const before = await shown(page)
    await page.evaluate(() => harness.graphs[0]?.graph.chart.zoom({ x: 1.5 }))
    const after = await shown(page)
    expect((after.to - after.from) / (before.to - before.from)).toBeCloseTo(0.5, 2)
    expect(await page.evaluate(() => harness.graphs[0]?.graph.chart.isZoomedOrPanned())).toBe(true)
    await page.evaluate(() => harness.graphs[0]?.graph.chart.pan({ x: 100 }))
    expect((await shown(page)).from).toBeLessThan(after.from)
  })

  test('a resized graph is drawn at its new size, and a destroyed one leaves nothing behind', async () => {
    page = await openGraphs(browser, served.url, desktop)
    await page
      .locator('.host')
      .first()
      .evaluate((host) => host.style.setProperty('height', '260px'))
    await expect
      .poll(() =>
        page
          .locator('.graph-plot > canvas')
          .first()
          .evaluate((c) => c.clientHeight),
      )
      .toBe(260)
    await page.evaluate(() => {
      for (const { graph } of harness.graphs) graph.destroy()
      harness.view.pan(-60_000)
    })
    await nextFrame(page)
    expect(await page.locator('.graph-plot').count()).toBe(0)
  })
})
