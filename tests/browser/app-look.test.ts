// How the app looks and is used on phone and desktop, light and dark: themes, widths, names for screen readers, keys.

import type { Browser, BrowserContextOptions } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { type AppPage, desktop, launchChromium, openApp, phone } from './support/app-page.ts'
import { type Instance, startInstance } from './support/instance.ts'
import { patience, until } from './support/until.ts'

vi.setConfig(patience)

let instance: Instance
let browser: Browser
let app: AppPage

const narrow: BrowserContextOptions = { ...phone, viewport: { width: 320, height: 640 } }

beforeAll(async () => {
  instance = await startInstance()
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  await instance?.close()
})

afterEach(async () => {
  expect(app.complaints).toEqual([])
  await app.context.close()
})

async function open(device: BrowserContextOptions, search = ''): Promise<void> {
  app = await openApp(browser, `${instance.url}${search}`, device)
  await app.ready()
}

const background = (): Promise<string> =>
  app.page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)

/** Pixels that the page is wider than its screen; a phone widens its window for them, so that is no measure. */
const tooWide = (): Promise<number> =>
  app.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

describe.each([
  { device: 'phone', options: phone },
  { device: 'small phone', options: narrow },
  { device: 'desktop', options: desktop },
])('on a $device', ({ options }) => {
  test.each(['light', 'dark'] as const)('axe finds nothing wrong in %s', async (colorScheme) => {
    await open({ ...options, colorScheme })
    await app.card('load').locator('.graph-plot').focus()
    await app.page.keyboard.press('ArrowLeft')
    await app.page.getByRole('button', { name: 'Remove the cursor' }).waitFor()
    expect(await app.violations()).toEqual([])
    await app.page.getByRole('button', { name: 'Settings' }).click()
    await app.page.getByRole('dialog').waitFor()
    expect(await app.violations()).toEqual([])
    await app.page.keyboard.press('Escape')
    await app.page.getByRole('button', { name: 'test machine' }).click()
    await app.page.getByRole('dialog').waitFor()
    expect(await app.violations()).toEqual([])
  })

  test('nothing is wider than the screen, however long names are', async () => {
    await open(options)
    expect(await tooWide()).toBe(0)
    const name = 'a long name of many words '.repeat(5).slice(0, 128).trim()
    await instance.addPoint({ projectid: name, category: name, label: name, value: 1e15, unit: 'furlongs' })
    await app.page.goto(`${instance.url}?${new URLSearchParams({ project: name })}`)
    await app.card(name).locator('.graph-plot').waitFor()
    expect(await tooWide()).toBe(0)
  })

  test('targets are 44 pixels or more', async () => {
    await open(options)
    const now = Date.now()
    await app.page.goto(`${instance.url}?from=${now - 60_000}&to=${now - 5000}&cursor=${now - 10_000}`)
    await app.page.getByRole('button', { name: 'Remove the cursor' }).waitFor()
    const small = await app.page.evaluate(() => {
      const targets = [...document.querySelectorAll('button:not(.toggle), select, .row')]
      return targets
        .filter((target) => target.checkVisibility())
        .map((target) => ({ name: target.outerHTML.slice(0, 80), box: target.getBoundingClientRect() }))
        .filter(({ box }) => box.width < 44 || box.height < 44)
        .map(({ name }) => name)
    })
    expect(small).toEqual([])
  })
})

describe('on a phone', () => {
  test('header and footer stay while the cards scroll', async () => {
    await open(phone)
    const places = (): Promise<number[]> =>
      app.page.evaluate(() =>
        ['.header', '.footer', 'section:last-of-type'].map(
          (selector) => document.querySelector(selector)?.getBoundingClientRect().top ?? Number.NaN,
        ),
      )
    const [header, footer, card] = await places()
    await app.page.mouse.wheel(0, 400)
    await until(async () => expect((await places())[2]).toBeLessThan((card ?? 0) - 300))
    expect((await places()).slice(0, 2)).toEqual([header, footer])
  })

  test('at least two and a half cards fit on the screen', async () => {
    await open(phone)
    const shares = await app.page.evaluate(() => {
      const [top, bottom] = [
        document.querySelector('.header')?.getBoundingClientRect().bottom ?? 0,
        document.querySelector('.footer')?.getBoundingClientRect().top ?? 0,
      ]
      return [...document.querySelectorAll('section[data-category]')].map((card) => {
        const box = card.getBoundingClientRect()
        return Math.max(0, Math.min(box.bottom, bottom) - Math.max(box.top, top)) / box.height
      })
    })
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeGreaterThanOrEqual(2.5)
  })

  test('the theme follows the system until it is chosen, and is remembered', async () => {
    await open({ ...phone, colorScheme: 'light' })
    const light = await background()
    await app.page.emulateMedia({ colorScheme: 'dark' })
    await until(async () => expect(await background()).not.toBe(light))
    const dark = await background()
    await app.page.getByRole('button', { name: 'Settings' }).tap()
    await app.page.getByRole('radio', { name: 'Light' }).tap()
    await until(async () => expect(await background()).toBe(light))
    await app.page.reload()
    await app.ready()
    expect(await background()).toBe(light)
    const themeColor = app.page.locator('meta[name="theme-color"]').first()
    expect(await themeColor.getAttribute('content')).toBe(light)
    await app.page.getByRole('button', { name: 'Settings' }).tap()
    await app.page.getByRole('radio', { name: 'System' }).tap()
    await until(async () => expect(await background()).toBe(dark))
  })
})

describe('on a desktop', () => {
  test('cards stand in columns without overlapping', async () => {
    await open(desktop)
    await until(async () => {
      const boxes = await app.page.evaluate(() =>
        [...document.querySelectorAll('section[data-category]')].map((card) => {
          const { left, right, top, bottom } = card.getBoundingClientRect()
          return { left, right, top, bottom }
        }),
      )
      expect(new Set(boxes.map(({ left }) => left)).size).toBe(3)
      for (const [index, a] of boxes.entries()) {
        for (const b of boxes.slice(index + 1)) {
          const apart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top
          expect(apart).toBe(true)
        }
      }
    })
  })

  test('everything is reached by keys, and its focus is seen', async () => {
    await open(desktop)
    const reached: string[] = []
    for (let press = 0; press < 14; press++) {
      await app.page.keyboard.press('Tab')
      reached.push(
        await app.page.evaluate(() => {
          const focused = document.activeElement
          const row = focused?.closest('.row')
          const outline = getComputedStyle(row ?? focused ?? document.body).outlineStyle
          return `${focused?.getAttribute('aria-label') ?? focused?.textContent?.trim()} ${outline}`
        }),
      )
    }
    for (const name of ['Time range', 'test machine', 'Refresh', 'total', 'Graph of processors']) {
      expect(reached.find((text) => text.startsWith(name))).not.toMatch(/undefined|none$/)
    }
  })

  test('the theme is chosen by arrow keys', async () => {
    await open({ ...desktop, colorScheme: 'light' })
    const light = await background()
    await app.page.getByRole('button', { name: 'Settings' }).click()
    await app.page.getByRole('radio', { name: 'System' }).focus()
    await app.page.keyboard.press('ArrowLeft')
    await until(async () => expect(await background()).not.toBe(light))
    const checked = app.page.getByRole('radio', { checked: true })
    expect((await checked.textContent())?.trim()).toBe('Dark')
  })
})
