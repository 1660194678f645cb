import { readFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import type { PluginState } from '../../../common/plugin-states.ts'
import { PluginsSchema, type WirePlugins } from '../../../common/plugin-wire.ts'
import { pairedCookie, type TestApp, testApp } from '../support/test-app.ts'

const path = '/api/v1/plugins'
const usual = {
  series: 2,
  everySeconds: 1,
  tookMs: 0.5,
  message: null,
  categories: ['c'],
  alerts: [],
  file: '/secret',
}
const plugins: PluginState[] = [
  { ...usual, name: 'bees', kind: 'module', state: 'fails', message: 'no hive (bees.ts:7)' },
  { ...usual, name: 'disk-io', kind: 'built-in', state: 'runs' },
]
const config = '# mine\n[Generator]\nMaxAge = 30d   # a month\n'
const pluginApp = () =>
  testApp({ config, pluginReport: () => ({ at: 1, folder: '/home/me/plugins', gone: [], plugins }) })

const list = async (response: Response): Promise<WirePlugins> => {
  expect(response.status).toBe(200)
  return PluginsSchema.parse(await response.json())
}

const turn = (app: TestApp, name: string, isOn: unknown, headers: Record<string, string> = {}) =>
  app.request(`${path}/${name}`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify({ isOn }),
    ...(headers.Cookie && { from: '192.168.1.20' }),
  })

test('plugins lists what the generator told, without telling where files lie', async () => {
  const app = pluginApp()
  const response = await app.request(path)
  expect(await response.clone().text()).not.toContain('/secret')
  expect(await list(response)).toMatchObject({
    folder: '/home/me/plugins',
    plugins: [
      { name: 'bees', kind: 'module', isOn: true, state: 'fails', message: 'no hive (bees.ts:7)' },
      { name: 'disk-io', isOn: true, state: 'runs', tookMs: 0.5 },
    ],
  })
  expect(await list(await testApp().request(path))).toMatchObject({ at: null, plugins: [] })
})

test('switching a plugin off and on changes DisabledGathers in place, and is told at once', async () => {
  const app = pluginApp()
  const off = await list(await turn(app, 'disk-io', false))
  expect(off.plugins[1]).toMatchObject({ name: 'disk-io', isOn: false, state: 'off' })
  expect(readFileSync(app.config, 'utf8')).toBe(
    config.replace('month\n', 'month\nDisabledGathers = disk-io\n'),
  )
  await turn(app, 'bees', false)
  expect(readFileSync(app.config, 'utf8')).toContain('DisabledGathers = disk-io, bees\n')
  const on = await list(await turn(app, 'disk-io', true))
  expect(on.plugins.map(({ isOn }) => isOn)).toEqual([false, true])
})

test('switching refuses names that nothing has, wrong bodies, what the environment says, viewers and foreign pages', async () => {
  const app = pluginApp()
  const status = async (answer: Promise<Response>) => (await answer).status
  expect(await status(turn(app, 'wasps', false))).toBe(404)
  expect(await status(turn(app, 'bees', 'off'))).toBe(400)
  const owner = await pairedCookie(app)
  const foreign = { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site', Cookie: owner }
  expect(await status(turn(app, 'bees', false, foreign))).toBe(403)
  const Cookie = await pairedCookie(app, 'localhost:5050', { role: 'viewer' })
  expect(await status(turn(app, 'bees', false, { Cookie }))).toBe(403)
  expect(await status(app.request(path, { from: '192.168.1.20' }))).toBe(401)
  process.env.POCKETSTATS_GENERATOR_DISABLEDGATHERS = 'load'
  onTestFinished(() => void delete process.env.POCKETSTATS_GENERATOR_DISABLEDGATHERS)
  expect(await status(turn(app, 'bees', false))).toBe(409)
  expect(readFileSync(app.config, 'utf8')).toBe(config)
})
