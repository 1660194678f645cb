// How graphs look, beside pictures that were looked at: fixed data, a fixed clock, three widths, light and dark. A few
// pixels may differ, as letters do between machines. POCKETSTATS_UPDATE_PICTURES=yes takes them anew.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { nextFrame } from './graph-page/fingers.ts'
import { launchChromium, now, openGraphs } from './graph-page/open.ts'
import type { Harness } from './graph-page/page.ts'
import { serveGraphPage } from './graph-page/serve.ts'

declare const harness: Harness

/** A pixel is another one when a channel differs by more than this, and a picture when more than this share of it is. */
const channelTolerance = 48
const shareTolerance = 0.02

let served: Awaited<ReturnType<typeof serveGraphPage>>
let browser: Browser

beforeAll(async () => {
  served = await serveGraphPage()
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  await served?.close()
})

/** Share of pixels that differ between two PNG pictures; 1 when their sizes do. */
function difference(page: Page, pictures: readonly [Buffer, Buffer]): Promise<number> {
  return page.evaluate(
    async ([encoded, tolerance]) => {
      const pixels = await Promise.all(
        encoded.map(async (base64) => {
          const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
          const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
          const ctx = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')
          ctx?.drawImage(bitmap, 0, 0)
          return ctx?.getImageData(0, 0, bitmap.width, bitmap.height)
        }),
      )
      const [a, b] = pixels
      if (!a || !b || a.width !== b.width || a.height !== b.height) return 1
      let others = 0
      for (let i = 0; i < a.data.length; i += 4) {
        const apart = [0, 1, 2].map((n) => Math.abs((a.data[i + n] ?? 0) - (b.data[i + n] ?? 0)))
        if (Math.max(...apart) > tolerance) others++
      }
      return others / (a.data.length / 4)
    },
    [pictures.map((picture) => picture.toString('base64')), channelTolerance] as const,
  )
}

test.each([
  { width: 320, height: 640, theme: 'light' },
  { width: 320, height: 640, theme: 'dark' },
  { width: 412, height: 915, theme: 'light' },
  { width: 412, height: 915, theme: 'dark' },
  { width: 1440, height: 700, theme: 'light' },
  { width: 1440, height: 700, theme: 'dark' },
] as const)('graphs look as they should at $width px in $theme', async ({ width, height, theme }) => {
  const device = { viewport: { width, height }, deviceScaleFactor: 1 }
  const page = await openGraphs(browser, served.url, device, { graphs: 4, series: 10, theme })
  await page.evaluate((time) => harness.view.setCursor(time), now - 900_000)
  const drawn = () =>
    page.locator('.graph-plot:not(.far) .graph-traces canvas').evaluateAll((all) => {
      return all.every((canvas) => (canvas as HTMLElement).style.transform !== '')
    })
  await expect.poll(drawn).toBe(true)
  await page.waitForTimeout(300)
  await nextFrame(page)
  const taken = await page.screenshot()
  const file = join(import.meta.dirname, 'pictures', `graphs-${width}-${theme}.png`)
  if (process.env.POCKETSTATS_UPDATE_PICTURES === 'yes') writeFileSync(file, taken)
  expect(await difference(page, [taken, readFileSync(file)])).toBeLessThan(shareTolerance)
  await page.context().close()
})
