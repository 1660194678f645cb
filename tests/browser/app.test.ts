// The app on a phone, with this machine's own numbers: cards, rows, header, footer, address.

import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Catalogue } from '../../common/wire.ts'
import { type AppPage, launchChromium, openApp } from './support/app-page.ts'
import { type Instance, startInstance } from './support/instance.ts'
import { patience, until } from './support/until.ts'

vi.setConfig(patience)

let instance: Instance
let browser: Browser
let app: AppPage

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

async function open(search = ''): Promise<void> {
  app = await openApp(browser, `${instance.url}${search}`)
  await app.ready()
}

describe('cards', () => {
  test('appear for this machine, with values that move', async () => {
    await open()
    for (const category of ['processors', 'load', 'memory', 'storage', 'network']) {
      await app.card(category).waitFor()
    }
    const uptime = app.value('pocketstats', 'generator memory')
    await until(async () => expect(await uptime.textContent()).toMatch(/\d MiB/))
    const before = await app.card('processors').innerText()
    await until(async () => expect(await app.card('processors').innerText()).not.toBe(before))
  })

  test('have a graph where the category wants one, and none else', async () => {
    await open()
    const { projects } = await instance.api<{ projects: { key: string }[] }>('/projects')
    const { categories } = await instance.api<Catalogue>(`/catalogue?project=${projects[0]?.key}`)
    for (const { name, graph, series } of categories) {
      await until(async () => expect(await app.card(name).locator('.graph-plot').count()).toBe(graph ? 1 : 0))
      expect(await app.card(name).locator('[data-series] output').count()).toBe(series.length)
    }
  })

  test('fold away more than eight rows', async () => {
    await open()
    const card = app.card('pocketstats')
    const visible = card.locator('[data-series]:visible')
    expect(await visible.count()).toBe(8)
    const all = await card.locator('[data-series]').count()
    await card.getByRole('button', { name: `Show all ${all}` }).tap()
    expect(await visible.count()).toBe(all)
    await card.getByRole('button', { name: 'Show fewer' }).tap()
    expect(await visible.count()).toBe(8)
  })

  test('appear by themselves when somebody adds a first point', async () => {
    await open()
    await instance.addPoint({ projectid: 'testuuid', category: 'foo', label: 'bar', value: 42 })
    await app.page.getByRole('button', { name: 'test machine' }).tap()
    await app.page.getByRole('button', { name: /testuuid/ }).tap()
    await until(async () => expect(await app.value('foo', 'bar').textContent()).toBe('42'))
    await instance.addPoint({
      projectid: 'testuuid',
      category: 'greenhouse',
      label: 'air',
      value: 21.5,
      unit: '°C',
    })
    await app.card('greenhouse').locator('.graph-plot').waitFor()
    await until(async () => expect(await app.value('greenhouse', 'air').textContent()).toBe('21.5 °C'))
    await instance.addPoint({ projectid: 'testuuid', category: 'greenhouse', label: 'soil', value: 17 })
    await until(async () => expect(await app.value('greenhouse', 'soil').textContent()).toMatch(/^17/))
    await until(() => expect(app.page.url()).toContain('project=testuuid'))
  })

  test('appear with the first point of a project that the address asks for before it is there', async () => {
    app = await openApp(browser, `${instance.url}?project=later`)
    await app.ready()
    await until(async () => expect(await app.state.textContent()).toBe('Live'))
    await instance.addPoint({ projectid: 'other', category: 'noise', label: 'a', value: 1 })
    await app.card('noise').waitFor()
    await app.card('processors').waitFor()
    await instance.addPoint({ projectid: 'later', category: 'foo', label: 'bar', value: 42 })
    await app.card('foo').locator('.graph-plot').waitFor()
    await until(async () => expect(await app.value('foo', 'bar').textContent()).toBe('42'))
    await until(() => expect(app.page.url()).toContain('project=later'))
  })

  test('of a project that is new stand below those of this machine within a second', async () => {
    await open()
    await until(async () => expect(await app.state.textContent()).toBe('Live'))
    await instance.addPoint({ projectid: 'shed', category: 'door', label: 'open', value: 1 })
    // A tenth of a second where nothing else runs.
    await app.card('door').waitFor({ timeout: 2500 })
    await app.page.getByRole('heading', { name: 'shed' }).waitFor()
    await app.card('door').locator('.graph-plot').waitFor()
    await until(async () => expect(await app.value('door', 'open').textContent()).toBe('1'))
    await instance.addPoint({ projectid: 'shed', category: 'memory', label: 'RAM', value: 7 })
    await until(async () => expect(await app.value('memory (shed)', 'RAM').textContent()).toBe('7'))
    expect(await app.page.getByText('New numbers').count()).toBe(0)
    expect(await app.violations()).toEqual([])
  })

  test('of a project that is new are shown by one tap where another is looked at', async () => {
    await instance.addPoint({ projectid: 'barn', category: 'gate', label: 'open', value: 1 })
    app = await openApp(browser, `${instance.url}?project=barn`)
    await app.card('gate').waitFor()
    await until(async () => expect(await app.state.textContent()).toBe('Live'))
    expect(await app.page.locator('section[data-category]').count()).toBe(1)
    await instance.addPoint({ projectid: 'cellar', category: 'wine', label: 'red', value: 1 })
    await app.page.getByRole('button', { name: 'Show', exact: true }).tap()
    await app.card('wine').waitFor()
    expect(await app.page.getByText('New numbers').count()).toBe(0)
  })

  test('show names as text, whatever they are', async () => {
    const name = '<img src=x onerror=alert(1)>'
    await instance.addPoint({ projectid: 'hostile', category: name, label: name, value: 1, unit: name })
    await open('?project=hostile')
    await until(async () => expect(await app.page.locator('section h2').innerText()).toBe(name))
    expect(await app.page.locator('img').count()).toBe(0)
  })
})

describe('rows', () => {
  test('switch a series off and on by a tap, and remember it', async () => {
    await open()
    const toggle = app.row('processors', 'total').getByRole('button')
    expect(await toggle.getAttribute('aria-pressed')).toBe('true')
    await app.row('processors', 'total').tap()
    await until(async () => expect(await toggle.getAttribute('aria-pressed')).toBe('false'))
    await app.page.reload()
    await app.ready()
    expect(await toggle.getAttribute('aria-pressed')).toBe('false')
    await app.row('processors', 'total').tap()
    await until(async () => expect(await toggle.getAttribute('aria-pressed')).toBe('true'))
  })

  test('show the value at the cursor in every card, and a dash before the first point', async () => {
    const { projects } = await instance.api<{ projects: { key: string }[] }>('/projects')
    const valuesAt = async (time: number): Promise<{ category: string; label: string }[]> => {
      const at = `/at?project=${projects[0]?.key}&time=${time}`
      return (await instance.api<{ values: { category: string; label: string }[] }>(at)).values
    }
    await until(async () => expect((await valuesAt(Date.now() - 3000)).length).toBeGreaterThan(10))
    const now = Date.now()
    const known = await valuesAt(now - 1500)
    await open(`?from=${now - 120_000}&to=${now}&cursor=${now - 1500}`)
    const values = (): Promise<string[]> => app.page.locator('[data-series] output').allTextContents()
    await until(async () => {
      for (const { category, label } of known) {
        expect(await app.value(category, label).textContent(), `${category}: ${label}`).toMatch(/\d/)
      }
    })
    const graph = app.card('processors').locator('.graph-plot')
    await graph.focus()
    for (let press = 0; press < 12; press++) await app.page.keyboard.press('Shift+ArrowLeft')
    await until(async () => expect(new Set(await values())).toEqual(new Set(['–'])))
  })
})

describe('header', () => {
  test('sets the range by the drop-down and remembers it', async () => {
    await open()
    const range = app.page.getByRole('combobox', { name: 'Time range' })
    await range.selectOption('6 h')
    await until(async () => {
      const { from, to, live } = await app.shown()
      expect([to - from, live]).toEqual([6 * 3_600_000, true])
    })
    await until(() => expect(app.page.url()).toContain('range=21600000'))
    await app.page.goto(instance.url)
    await app.ready()
    const { from, to } = await app.shown()
    expect(to - from).toBe(6 * 3_600_000)
  })

  test('shows the present range also when it is an odd one', async () => {
    const to = Date.now()
    await open(`?from=${to - 12_000_000}&to=${to - 1000}`)
    const range = app.page.getByRole('combobox', { name: 'Time range' })
    expect(await range.locator('option:checked').textContent()).toBe('≈ 3 h 20 min')
    await range.selectOption('1 h')
    await until(async () => expect(await range.locator('option').first().textContent()).toBe('1 min'))
  })

  test('refresh loads again while automatic update is off', async () => {
    await open()
    await app.page.getByRole('switch', { name: 'Automatic update' }).tap()
    await until(async () => expect(await app.state.textContent()).toBe('Paused'))
    const before = await app.shown()
    expect(before.live).toBe(false)
    await until(() => expect(Date.now() - before.to).toBeGreaterThan(1500))
    expect((await app.shown()).to).toBe(before.to)
    await app.page.getByRole('button', { name: 'Refresh' }).tap()
    await until(async () => expect((await app.shown()).to).toBeGreaterThan(before.to + 1000))
    await app.page.getByRole('switch', { name: 'Automatic update' }).tap()
    await until(async () => expect(await app.state.textContent()).toBe('Live'))
  })
})

describe('address', () => {
  test('restores window and cursor when it is loaded again', async () => {
    const to = Date.now() - 10_000
    await open(`?from=${to - 60_000}&to=${to}&cursor=${to - 5000}`)
    const before = await app.shown()
    expect(before).toEqual({ from: to - 60_000, to, cursor: to - 5000, live: false })
    expect(await app.state.textContent()).toBe('History')
    await app.page.reload()
    await app.ready()
    expect(await app.shown()).toEqual(before)
    await app.page.getByRole('button', { name: 'Live' }).tap()
    await until(async () => expect((await app.shown()).live).toBe(true))
    await until(() => expect(app.page.url()).not.toContain('from='))
    expect((await app.shown()).cursor).toBeNull()
  })

  test('follows the cursor', async () => {
    await open()
    await app.card('load').locator('.graph-plot').focus()
    await app.page.keyboard.press('ArrowLeft')
    await until(async () => {
      const { cursor } = await app.shown()
      expect(cursor).not.toBeNull()
      expect(app.page.url()).toContain(`cursor=${cursor}`)
    })
    await app.page.getByRole('button', { name: 'Remove the cursor' }).tap()
    await until(() => expect(app.page.url()).not.toContain('cursor='))
    expect(await app.page.evaluate(() => document.documentElement.dataset.cursor)).toBe('')
  })
})
