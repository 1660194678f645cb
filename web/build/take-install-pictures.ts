// Takes the README's pictures of the page /install from a running instance into docs/images, as an Android phone and as
// an iPhone see it: `node web/build/take-install-pictures.ts http://192.168.1.5:5050/` (an address that is not this
// machine's own to browsers: there all works already).

import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const address = process.argv[2] ?? 'http://192.168.1.5:5050/'
const folder = fileURLToPath(new URL('../../docs/images/', import.meta.url))
const executablePath = process.env.POCKETSTATS_CHROMIUM

const agents = {
  android: 'Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/130.0.0.0 Mobile Safari/537.36',
  iphone: 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile Safari/604.1',
}

const browser = await chromium.launch({
  ...(executablePath ? { executablePath } : {}),
  args: ['--no-sandbox', '--disable-gpu'],
})
for (const [name, userAgent] of Object.entries(agents)) {
  const page = await browser.newPage({
    viewport: { width: 412, height: 760 },
    deviceScaleFactor: 1,
    userAgent,
  })
  await page.goto(`${address}install`)
  await page.locator('#now h2', { hasText: 'certificate' }).waitFor()
  await page.locator('#guides').evaluate((element) => element.scrollIntoView())
  const path = `${folder}install-${name}.png`
  await page.screenshot({ path })
  console.log(path)
}
await browser.close()
