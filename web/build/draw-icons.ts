// Draws the icons of the install card from icon.svg, with a real browser: `node web/build/draw-icons.ts`. The results
// are committed, so that building the app needs no browser.

import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const folder = fileURLToPath(new URL('../icons/', import.meta.url))
const mark = readFileSync(`${folder}icon.svg`, 'utf8')
/** Launchers cut maskable icons to any shape and iOS rounds by itself: the cloth fills the square. */
const square = mark.replace(/ rx="\d+"/, '')
/** The mark, smaller: a circle of four fifths of the width is all that a maskable icon is sure to show. */
const inset = square.replace(
  /(<rect.*?\/>)([\s\S]*)(<\/svg>)/,
  '$1<g transform="matrix(.8 0 0 .8 51 51)">$2</g>$3',
)

const icons = [
  { name: 'icon-192.png', size: 192, svg: mark },
  { name: 'icon-512.png', size: 512, svg: mark },
  { name: 'maskable-192.png', size: 192, svg: inset },
  { name: 'maskable-512.png', size: 512, svg: inset },
  { name: 'apple-touch-icon.png', size: 180, svg: square },
]

/** Playwright's own browser, unless another is named. */
const executablePath = process.env.POCKETSTATS_CHROMIUM
const browser = await chromium.launch({
  ...(executablePath ? { executablePath } : {}),
  args: ['--no-sandbox', '--disable-gpu'],
})
const page = await browser.newPage()
for (const { name, size, svg } of icons) {
  await page.setViewportSize({ width: size, height: size })
  await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw;height:100vh}</style>${svg}`)
  writeFileSync(folder + name, await page.screenshot({ omitBackground: true }))
  console.log(`${name}  ${size} px`)
}
await browser.close()
