// Projects in the app: made, given a new id, archived, deleted; and a first point that is on the screen at once.

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type AppPage, desktop, launchChromium, openApp } from './support/app-page.ts'
import { type Instance, startInstance } from './support/instance.ts'
import { patience, until } from './support/until.ts'

vi.setConfig(patience)

let instance: Instance
let browser: Browser

beforeAll(async () => {
  instance = await startInstance({ GENERAL_MACHINENAME: 'nas' })
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  await instance?.close()
})

const add = async (id: string, value: number): Promise<number> => {
  const fields = { projectid: id, category: 'climate', label: 'humidity', value: String(value) }
  return (await fetch(`${instance.url}add_data_point?${new URLSearchParams(fields)}`)).status
}

async function openProjects({ page }: AppPage): Promise<void> {
  await page.locator('button.machine').click()
  await page.getByRole('heading', { name: 'Numbers of your own' }).waitFor()
}

/** Milliseconds since 1970 at which a text stands on the screen; to be called before it can. */
const shownAt = (page: Page, text: string): Promise<number> =>
  page.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        const look = (): void => {
          const isThere = [...document.querySelectorAll('output')].some((one) =>
            one.textContent?.includes(wanted),
          )
          if (isThere) requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now()))
          else requestAnimationFrame(look)
        }
        look()
      }),
    text,
  )

test.each([
  ['a phone', undefined],
  ['a desktop', desktop],
])('projects are made, given a new id, archived and deleted on %s', async (_what, device) => {
  const app = await openApp(browser, instance.url, device)
  const { page } = app
  await app.ready()
  await openProjects(app)
  await page.getByLabel('Name of the project').fill('Greenhouse')
  await page.getByRole('button', { name: 'New project' }).click()
  const sheet = page.getByRole('dialog', { name: 'Project', exact: true })
  const id = (): Promise<string> => sheet.locator('output.token').innerText()
  const first = await id()
  expect(first).toMatch(/^[0-9a-f]{32}$/)
  expect(await add(first, 61.5)).toBe(200)
  expect(await app.violations()).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  if (process.env.PICTURES)
    await page.screenshot({ path: `${process.env.PICTURES}-${device ? 'desktop' : 'phone'}.png` })

  await sheet.getByRole('button', { name: 'New id' }).click()
  await sheet.getByRole('button', { name: /^Really/ }).click()
  await until(async () => expect(await id()).not.toBe(first))
  expect([await add(first, 62), await add(await id(), 62)]).toEqual([404, 200])
  await sheet.getByRole('button', { name: 'Put into the archive' }).click()
  await sheet.getByRole('button', { name: 'Take out of the archive' }).waitFor()
  expect(await add(await id(), 63)).toBe(403)
  await sheet.getByRole('button', { name: 'Delete' }).click()
  await sheet.getByRole('button', { name: /^Really delete/ }).click()
  const row = page.locator('[data-project]')
  await until(async () => expect(await row.count()).toBe(0))
  expect(app.complaints).toEqual([])
  await app.context.close()
})

test('a point is on the screen of an open phone within a second of its answer', async () => {
  const app = await openApp(browser, instance.url)
  await app.ready()
  await add('pixel', 11)
  await shownAt(app.page, '11')
  const took: number[] = []
  for (const value of [4242, 5353, 6464]) {
    const shown = shownAt(app.page, String(value))
    expect(await add('pixel', value)).toBe(200)
    const answered = Date.now()
    took.push((await shown) - answered)
  }
  if (process.env.PICTURES) console.log(took)
  expect(Math.min(...took)).toBeLessThan(1000)
  await app.context.close()
})
