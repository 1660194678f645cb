import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { OpenAPIHono } from '@hono/zod-openapi'
import { expect, test } from 'vitest'
import { parseSettings } from '../../../common/settings.ts'
import { answerError } from '../../../server/answers/problem-answer.ts'
import { type InstallOptions, installRoutes } from '../../../server/install/install-routes.ts'
import type { ServerEnv } from '../../../server/services.ts'
import { issue } from '../../../server/tls/issue.ts'
import { certificatePaths } from '../../../store/certificate-files.ts'
import { TestClock, temporaryFolder } from '../support/test-app.ts'

/** The routes before a server with these certificates. */
function routes(certificates: InstallOptions['certificates'], assetsFolder = temporaryFolder()) {
  const app = new OpenAPIHono<ServerEnv>()
  app.onError((error, c) => answerError(error, c, () => {}))
  const settings = parseSettings({ file: 'settings.conf', env: {} })
  installRoutes(app, { clock: new TestClock(), settings }, { assetsFolder, certificates })
  return async (path: string, headers: Record<string, string> = {}) =>
    app.request(`http://nas:5050${path}`, { headers: { Host: 'nas:5050', ...headers } })
}

/** Certificates of a machine of this name. */
function made(machine: string) {
  const database = join(temporaryFolder(), 'data.db')
  issue({ database, machine, now: Date.now(), names: ['nas.example.org', 'nas'], addresses: ['10.0.0.5'] })
  const paths = certificatePaths(database)
  const pair = readFileSync(paths.server, 'utf8')
  return { pair: { key: pair, cert: pair }, authority: readFileSync(paths.authority, 'utf8') }
}

test('/install/about.json tells clock, kind of https and fingerprint', async () => {
  const own = (await (await routes(made('nas'))('/install/about.json')).json()) as object
  expect(own).toMatchObject({
    now: new TestClock().time,
    https: 'own',
    authority: { name: 'Pocketstats on nas', fingerprint: expect.stringMatching(/^([0-9A-F]{2}:){31}/) },
  })
  const files = await routes({ ...made('nas'), authority: null })('/install/about.json')
  expect(await files.json()).toMatchObject({ https: 'files', authority: null, name: 'nas.example.org' })
  expect(await (await routes(null)('/install/about.json')).json()).toMatchObject({
    https: 'none',
    name: null,
  })
})

test('the profile for Apple’s devices is sound whatever the machine is called', async () => {
  const get = routes(made('<b>R&D</b>'))
  const text = await (await get('/install/pocketstats.mobileconfig')).text()
  expect(text).toContain('<string>Pocketstats on &lt;b&gt;R&amp;D&lt;/b&gt;</string>')
  const ids = [
    ...text.matchAll(/<string>([0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12})<\/string>/g),
  ]
  expect(new Set(ids.map(([, id]) => id)).size).toBe(2)
  expect(await (await get('/install/pocketstats.mobileconfig')).text()).toBe(text)
})

test('/install/probe lets the same host’s http page read the answer, and no other', async () => {
  const get = routes(made('nas'))
  const allowed = async (origin: string) =>
    (await get('/install/probe', { Origin: origin })).headers.get('Access-Control-Allow-Origin')
  expect(await allowed('http://nas:5050')).toBe('http://nas:5050')
  expect(await allowed('http://nas:5051')).toBeNull()
  expect(await allowed('https://bank.example')).toBeNull()
})

test('a server without an authority has none to give, and one that is not built says so', async () => {
  const get = routes(null)
  for (const ending of ['crt', 'pem', 'mobileconfig']) {
    expect((await get(`/install/pocketstats.${ending}`)).status).toBe(404)
  }
  expect((await get('/install')).status).toBe(503)
})
