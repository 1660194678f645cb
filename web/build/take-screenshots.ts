// Takes the pictures of README and manifest from a running instance into docs/images:
// `node web/build/take-screenshots.ts [address]` (http://localhost:5050/ if left out). The more history the instance
// has, the better they look; `range` milliseconds of it are shown.

import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type BrowserContextOptions, chromium } from 'playwright-core'

const address = process.argv[2] ?? 'http://localhost:5050/'
const range = process.argv[3] ?? '600000'
const folder = fileURLToPath(new URL('../../docs/images/', import.meta.url))
/** Playwright's own browser, unless another is named. */
const executablePath = process.env.POCKETSTATS_CHROMIUM

const phone: BrowserContextOptions = {
  viewport: { width: 412, height: 915 },
  deviceScaleFactor: 2,
  hasTouch: true,
  isMobile: true,
}
const desktop: BrowserContextOptions = { viewport: { width: 1440, height: 900 } }

mkdirSync(folder, { recursive: true })
const browser = await chromium.launch({
  ...(executablePath ? { executablePath } : {}),
  args: ['--no-sandbox', '--disable-gpu'],
})
for (const [device, options] of Object.entries({ phone, desktop })) {
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({ ...options, colorScheme })
    const page = await context.newPage()
    await page.goto(`${address}?range=${range}`)
    await page.locator('section[data-category] .graph-plot').first().waitFor()
    await page.locator('.state[data-state="live"]').waitFor()
    // A cursor shows what the app is for; the picture is taken when the rows show its moment.
    await page.locator('section[data-category] .graph-plot').first().focus()
    for (let press = 0; press < 6; press++) await page.keyboard.press('Shift+ArrowLeft')
    await page.locator(':focus').blur()
    await page.locator('html:not([data-cursor=""])').waitFor()
    await page.waitForLoadState('networkidle', { timeout: 1500 }).catch(() => {})
    const path = `${folder}${device}-${colorScheme}.png`
    await page.screenshot({ path })
    console.log(path)
    await context.close()
  }
}
await browser.close()
