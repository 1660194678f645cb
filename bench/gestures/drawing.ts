// The three gestures on the app and on the reference, one after the other on pages of the same measure.

import type { Browser, Page } from 'playwright-core'
import { project } from '../support/ours.ts'
import { type SlowPhone, slowPhone } from './browser.ts'
import { gesture, gesturesOn, type Plot } from './fingers.ts'
import { categories } from './machine.ts'
import type { Reference, ReferenceCard } from './reference/page.ts'
import { serveReference } from './reference/serve.ts'
import { type Frames, traceFrames } from './trace.ts'

/** Length of the window, ms: 370 buckets of 20 s, as many as a phone's graph is wide. */
const windowMs = 7_400_000
const stepSeconds = 20

export interface Measured {
  pinch: Frames
  pan: Frames
  scrub: Frames
}

interface Answer {
  categories: { from: number; stepMs: number; length: number; series: Columns[] }[]
}

type Columns = Record<'min' | 'mean' | 'max', (number | null)[]>

/** Our app at `url`; `end` is the time of its newest point, ms. Also tells what the reference has to draw. */
export async function measureApp(
  browser: Browser,
  { url, end, ms }: { url: string; end: number; ms: number },
): Promise<{ measured: Measured; reference: Reference }> {
  const phone = await slowPhone(browser, { serviceWorkers: 'block' })
  const to = Math.floor(end / 20_000) * 20_000 - windowMs
  const from = to - windowMs
  await phone.page.goto(`${url}?${new URLSearchParams({ project, from: `${from}`, to: `${to}` })}`)
  await phone.page.locator('.graph-traces canvas').first().waitFor()
  // Neighbours are fetched ahead, everything is drawn.
  await phone.page.waitForTimeout(4000)
  const measured = await measureGestures(browser, phone, await plotOf(phone.page, '.graph-traces'), ms)
  const cards = await cardsOf(phone.page)
  await phone.close()
  const data = await bucketsOf(url, from - windowMs, to + windowMs)
  const both = cards.map((card, n): ReferenceCard => ({ ...card, data: data[n] ?? [] }))
  return { measured, reference: { cards: both, from: from / 1000, to: to / 1000 } }
}

/** uPlot with the same. */
export async function measureReference(
  browser: Browser,
  reference: Reference,
  ms: number,
): Promise<Measured> {
  const served = await serveReference(reference)
  const phone = await slowPhone(browser)
  await phone.page.goto(served.url)
  await phone.page.waitForSelector('html[data-ready="yes"]')
  await phone.page.waitForTimeout(2000)
  const measured = await measureGestures(browser, phone, await plotOf(phone.page, '.u-over'), ms)
  await phone.close()
  await served.close()
  return measured
}

async function measureGestures(
  browser: Browser,
  { page, session }: SlowPhone,
  plot: Plot,
  ms: number,
): Promise<Measured> {
  const { pinch, pan, scrub } = gesturesOn(plot)
  const measure = async (way: typeof pan): Promise<Frames> => {
    const frames = await traceFrames(browser, page, () => gesture(session, way, ms))
    await page.waitForTimeout(1500)
    return frames
  }
  return { scrub: await measure(scrub), pan: await measure(pan), pinch: await measure(pinch) }
}

async function plotOf(page: Page, selector: string): Promise<Plot> {
  const box = await page.locator(selector).first().boundingBox()
  if (!box) throw new Error(`no ${selector} on the page`)
  return { left: box.x, top: box.y, width: box.width, height: box.height }
}

/** Where the app's cards and their graphs stand on the page. */
function cardsOf(page: Page): Promise<Omit<ReferenceCard, 'data'>[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('section[data-category]')].map((card) => {
      const [outer, plot] = [card, card.querySelector('.plot') ?? card].map((one) =>
        one.getBoundingClientRect(),
      )
      const { top = 0, height = 0 } = outer ?? {}
      return { top: top + scrollY, height, plotTop: (plot?.top ?? 0) - top, plotHeight: plot?.height ?? 0 }
    }),
  )
}

/** Columns as uPlot takes them, a set for each category. */
async function bucketsOf(url: string, from: number, to: number): Promise<(number | null)[][][]> {
  const buckets = (to - from) / 1000 / stepSeconds
  const query = new URLSearchParams({ project, from: `${from}`, to: `${to}`, buckets: `${buckets}` })
  for (const category of categories) query.append('category', category)
  const response = await fetch(`${url}api/v1/query?${query}`)
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`)
  const answer = (await response.json()) as Answer
  return answer.categories.map(({ from: start, stepMs, length, series }) => [
    Array.from({ length }, (_, n) => (start + (n + 0.5) * stepMs) / 1000),
    ...series.flatMap(({ mean, min, max }) => [mean, min, max]),
  ])
}
