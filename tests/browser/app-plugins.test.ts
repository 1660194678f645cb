// A plugin that is saved while the app is open: its card is there by itself, and the list of plugins knows it.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type AppPage, launchChromium, openApp } from './support/app-page.ts'
import { type Instance, startInstance } from './support/instance.ts'
import { patience, until } from './support/until.ts'

vi.setConfig(patience)

let instance: Instance
let browser: Browser
let app: AppPage

beforeAll(async () => {
  instance = await startInstance()
  mkdirSync(join(instance.folder, 'plugins'))
  browser = await launchChromium()
  app = await openApp(browser, instance.url)
  await app.ready()
})

afterAll(async () => {
  await browser?.close()
  await instance?.close()
})

const save = (name: string, value: number): void =>
  writeFileSync(
    join(instance.folder, 'plugins', name),
    `import { gather } from 'pocketstats/gather'

export default gather({
  help: 'How warm it is.',
  unit: '°C',
  each: 'room',
  read: () => ({ kitchen: ${value} }),
})
`,
  )

test('a plugin that is saved has its card on the open phone within three seconds', async () => {
  // The folder is new: it is found within two seconds, what is saved into it from then on at once.
  save('first.ts', 1)
  await app.value('first', 'kitchen').waitFor()
  // The best of three: others have the machine as well.
  const times: number[] = []
  for (const [number, name] of ['kitchen', 'cellar', 'rooms'].entries()) {
    const began = performance.now()
    save(`${name}.ts`, 21.5 + number)
    await app
      .value(name, 'kitchen')
      .getByText(String(21.5 + number))
      .waitFor()
    times.push(performance.now() - began)
  }
  expect(Math.min(...times)).toBeLessThan(3000)
  expect(await app.card('rooms').innerText()).toContain('How warm it is.')
  writeFileSync(join(instance.folder, 'plugins', 'rooms.ts'), 'export default {\n  a: = 1\n}\n')
  await app.card('rooms').getByText('(rooms.ts:2); the version before goes on').waitFor()
})

test('the list of plugins shows what fails, and switches one off and on', async () => {
  await app.page.getByRole('button', { name: 'Settings' }).tap()
  await app.page.getByRole('button', { name: /^Plugins/ }).tap()
  const sheet = app.page.getByRole('dialog', { name: 'Plugins' })
  const row = (name: string) =>
    sheet.locator('li', { has: app.page.getByRole('switch', { name, exact: true }) })
  await row('rooms').getByText('(rooms.ts:2)').waitFor()
  await row('processors')
    .getByText(/series · every 1 s · [\d.]+ ms/)
    .waitFor()
  expect(await app.violations()).toEqual([])

  await row('first').getByRole('switch').tap()
  await row('first').getByText('Off').waitFor()
  await until(() => expect(readFileSync(instance.config, 'utf8')).toContain('DisabledGathers = first\n'))
  await row('first').getByRole('switch').tap()
  await row('first')
    .getByText(/module · 1 series/)
    .waitFor()
  expect(app.complaints).toEqual([])
})
