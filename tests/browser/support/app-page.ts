// The app in a real Chromium, and what a test reads from its screen.

import AxeBuilder from '@axe-core/playwright'
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { desktop, launchChromium, phone } from '../graph-page/open.ts'

export { desktop, launchChromium, phone }

/** What the root element says is shown; times in ms. */
export interface Shown {
  from: number
  to: number
  cursor: number | null
  live: boolean
}

export class AppPage {
  readonly page: Page
  /** Uncaught errors and refused styles or scripts. */
  readonly complaints: string[] = []

  constructor(page: Page) {
    this.page = page
    page.on('pageerror', (error) => this.complaints.push(String(error)))
    page.on('console', (message) => {
      const isOurs = message.type() === 'error' && !/Failed to load resource|net::ERR/.test(message.text())
      if (isOurs) this.complaints.push(message.text())
    })
  }

  get context(): BrowserContext {
    return this.page.context()
  }

  card(category: string): Locator {
    return this.page.locator(`section[data-category="${category}"]`)
  }

  row(category: string, label: string): Locator {
    return this.card(category).locator(`[data-series="${label}"]`)
  }

  value(category: string, label: string): Locator {
    return this.row(category, label).locator('output')
  }

  /** The footer's word: Live, History, Paused, Offline … */
  get state(): Locator {
    return this.page.locator('.state .word')
  }

  async shown(): Promise<Shown> {
    const { from, to, cursor, live } = await this.page.evaluate(() => ({
      ...document.documentElement.dataset,
    }))
    return {
      from: Number(from),
      to: Number(to),
      cursor: cursor ? Number(cursor) : null,
      live: live === 'true',
    }
  }

  /** Cards with graphs and values are on the screen. */
  async ready(): Promise<void> {
    await this.page.locator('section[data-category] .graph-plot').first().waitFor()
    await this.page.waitForFunction(() => /\d/.test(document.querySelector('output')?.textContent ?? ''))
  }

  /** What axe finds wrong, in words; nothing when all is well. */
  async violations(): Promise<string[]> {
    const { violations } = await new AxeBuilder({ page: this.page }).analyze()
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`),
    )
  }
}

/** A page of its own, still empty. */
export async function newApp(browser: Browser, device: BrowserContextOptions = phone): Promise<AppPage> {
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/Berlin', ...device })
  return new AppPage(await context.newPage())
}

/** Opens an address of the app on a page of its own. */
export async function openApp(
  browser: Browser,
  url: string,
  device: BrowserContextOptions = phone,
): Promise<AppPage> {
  const app = await newApp(browser, device)
  await app.page.goto(url)
  return app
}
