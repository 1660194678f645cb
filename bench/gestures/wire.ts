// What an open app costs on the wire: eight cards of eight series on the screen, live, a point a second each.

import type { Browser } from 'playwright-core'
import { project } from '../support/ours.ts'

/** Bytes received in an hour, told from `seconds` of it, after the app has settled. */
export async function liveBytesAnHour(browser: Browser, url: string, seconds: number): Promise<number> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 2400 },
    serviceWorkers: 'block',
  })
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  let bytes = 0
  session.on('Network.dataReceived', ({ encodedDataLength }) => {
    bytes += encodedDataLength
  })
  session.on('Network.responseReceived', ({ response }) => {
    bytes += response.encodedDataLength
  })
  await session.send('Network.enable')
  await page.goto(`${url}?${new URLSearchParams({ project })}`)
  await page.locator('.graph-traces canvas').first().waitFor()
  await page.waitForTimeout(8000)
  const before = bytes
  await page.waitForTimeout(seconds * 1000)
  const received = bytes - before
  await context.close()
  return (received / seconds) * 3600
}
