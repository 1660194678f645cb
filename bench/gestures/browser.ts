// A phone as the numbers are meant for: headless Chromium with software drawing, 412x915 at 2.6 pixels, and a processor
// that is four times slower than this one.

import {
  type Browser,
  type BrowserContextOptions,
  type CDPSession,
  chromium,
  type Page,
} from 'playwright-core'
import { findChromium } from '../../cli/chromium.ts'

export const slowdown = 4

const phone: BrowserContextOptions = {
  viewport: { width: 412, height: 915 },
  deviceScaleFactor: 2.6,
  hasTouch: true,
  isMobile: true,
  locale: 'en-GB',
  timezoneId: 'Europe/Berlin',
}

const args = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
  ...['--disable-background-networking', '--disable-component-update'],
]

/** Throws where there is no Chromium. */
export function launch(): Promise<Browser> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('no Chromium found: install it, or name it in POCKETSTATS_CHROMIUM')
  return chromium.launch({ executablePath, args })
}

export interface SlowPhone {
  page: Page
  session: CDPSession
  close: () => Promise<void>
}

/** An empty page on a slow phone, with nothing in its caches. */
export async function slowPhone(browser: Browser, options: BrowserContextOptions = {}): Promise<SlowPhone> {
  const context = await browser.newContext({ ...phone, ...options })
  const page = await context.newPage()
  page.on('pageerror', (error) => {
    throw error
  })
  const session = await context.newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  return { page, session, close: () => context.close() }
}
