// Opens the graph page in a real Chromium, as a phone or as a desktop, and reads what it shows.

import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { findChromium } from '../../../cli/chromium.ts'
import { nextFrame, type Spot } from './fingers.ts'

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export const phone: BrowserContextOptions = {
  viewport: { width: 412, height: 915 },
  deviceScaleFactor: 2.6,
  hasTouch: true,
  isMobile: true,
}

export const desktop: BrowserContextOptions = { viewport: { width: 1440, height: 900 } }

export function launchChromium(): Promise<Browser> {
  const executablePath = findChromium()
  return chromium.launch({ ...(executablePath ? { executablePath } : {}), args })
}

/** A fixed present, so that windows are the same in every run. */
export const now = Date.UTC(2026, 0, 20, 12, 34, 56)

export interface Shown {
  from: number
  to: number
  /** Null: none. */
  cursor: number | null
  live: boolean
}

/** The graph page with the given address parameters; errors on the page fail the test that reads it next. */
export async function openGraphs(
  browser: Browser,
  url: string,
  device: BrowserContextOptions,
  parameters: Readonly<Record<string, string | number>> = {},
): Promise<Page> {
  const context = await browser.newContext({ timezoneId: 'Europe/Berlin', locale: 'en-GB', ...device })
  const page = await context.newPage()
  const query = new URLSearchParams(
    Object.entries({ now, ...parameters }).map(([name, value]) => [name, `${value}`]),
  )
  await page.goto(`${url}?${query}`)
  await page.waitForSelector('html[data-ready="yes"]')
  await nextFrame(page)
  return page
}

/** What the root element says is shown. */
export async function shown(page: Page): Promise<Shown> {
  await nextFrame(page)
  const data = await page.evaluate(() => ({ ...document.documentElement.dataset }))
  const { from, to, cursor, live } = data
  return { from: Number(from), to: Number(to), cursor: cursor ? Number(cursor) : null, live: live === 'true' }
}

export interface PlotArea {
  left: number
  right: number
  /** Heights at which a finger scrubs and pans. */
  upper: number
  lower: number
  /** The spot at a share (0 to 1) of the plot's width. */
  at: (share: number, y: number) => Spot
}

/** Where a graph's plot area is in the viewport, found from its canvas as a user sees it. */
export async function plotArea(page: Page, graph = 0): Promise<PlotArea> {
  const box = await page.locator('.graph-plot').nth(graph).boundingBox()
  if (!box) throw new Error(`graph ${graph} is not there`)
  const left = box.x + 38
  const right = box.x + box.width - 2
  const at = (share: number, y: number) => ({ x: left + share * (right - left), y })
  return { left, right, upper: box.y + box.height * 0.3, lower: box.y + box.height * 0.7, at }
}
