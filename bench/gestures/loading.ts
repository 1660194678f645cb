// How long a slow phone that was never here waits for the first paint and the first graph with data, and how much
// JavaScript that takes.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser } from 'playwright-core'
import { root } from '../../cli/root.ts'
import { project } from '../support/ours.ts'
import { slowPhone } from './browser.ts'

export interface Loading {
  /** Milliseconds. */
  firstPaint: number
  firstGraph: number
  /** Bytes of scripts, gzip: asked for before the first paint, and in all. */
  scriptsBefore: number
  scripts: number
}

/** Opens the app on an empty phone. */
export async function load(browser: Browser, url: string): Promise<Loading> {
  const phone = await slowPhone(browser, { serviceWorkers: 'block' })
  const { page } = phone
  await page.addInitScript(noteFirstGraph)
  await page.goto(`${url}?${new URLSearchParams({ project })}`)
  await page.waitForFunction(() => performance.getEntriesByName('first-graph').length > 0)
  const seen = await page.evaluate(() => ({
    firstPaint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
    firstGraph: performance.getEntriesByName('first-graph')[0]?.startTime ?? Number.NaN,
    resources: performance
      .getEntriesByType('resource')
      .filter(({ name }) => name.endsWith('.js'))
      .map(({ name, startTime }) => ({ path: new URL(name).pathname, startTime })),
  }))
  await phone.close()
  const { firstPaint, firstGraph, resources } = seen
  const bytes = (upTo: number): number =>
    resources.reduce((sum, { path, startTime }) => sum + (startTime <= upTo ? zippedBytes(path) : 0), 0)
  // The page's own script is asked for by its head; what it imports later is not needed for the first paint.
  const own = resources.filter(({ path }) => /\/assets\/(?:index|first)-/.test(path))
  return {
    firstPaint,
    firstGraph,
    scriptsBefore: own.reduce((sum, { path }) => sum + zippedBytes(path), 0),
    scripts: bytes(firstGraph),
  }
}

/** What a script takes on the wire, compressed as well as gzip can. */
const zippedBytes = (path: string): number =>
  gzipSync(readFileSync(join(root, 'dist', 'web', path)), { level: 9 }).length

/** Runs in the page before its scripts: marks the frame after a graph's first picture. */
function noteFirstGraph(): void {
  const { transferFromImageBitmap } = ImageBitmapRenderingContext.prototype
  ImageBitmapRenderingContext.prototype.transferFromImageBitmap = function (bitmap: ImageBitmap | null) {
    transferFromImageBitmap.call(this, bitmap)
    if (!bitmap) return
    ImageBitmapRenderingContext.prototype.transferFromImageBitmap = transferFromImageBitmap
    requestAnimationFrame(() => performance.mark('first-graph'))
  }
}
