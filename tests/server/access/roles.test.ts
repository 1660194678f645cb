import { describe, expect, test } from 'vitest'
import type { PairingOptions } from '../../../store/app-types.ts'
import { EventReader } from '../support/event-reader.ts'
import { type Request, type TestApp, testApp } from '../support/test-app.ts'

const elsewhere = '192.168.1.20'
const json = { 'Content-Type': 'application/json' }

/** The cookie of a new device that was paired by this right. */
async function cookieOf(app: TestApp, grant: PairingOptions): Promise<string> {
  const code = app.appStore.newPairingCode(app.clock.now(), grant)
  const init = { from: elsewhere, method: 'POST', headers: json, body: JSON.stringify({ code }) }
  const response = await app.request('/api/v1/pair', init)
  return response.headers.get('Set-Cookie')?.split(';')[0] ?? ''
}

/** A machine and a garden with a point each; `ask` asks as the device that was paired by this right. */
async function household(grant: PairingOptions) {
  const app = testApp({ settings: { SERVER_TRUSTLOOPBACK: 'no' } })
  app.appStore.machineProject('nas')
  const garden = app.appStore.createProject({ name: 'Garden', kind: 'custom', id: 'garden-id' })
  const time = app.clock.now() - 1000
  app.store.append([
    { project: 'nas', category: 'load', label: '1 min', time, value: 1 },
    { project: garden.key, category: 'soil', label: 'wet', time, value: 2 },
  ])
  const Cookie = await cookieOf(app, grant)
  const ask = (path: string, init: Request = {}) =>
    app.request(path, { from: elsewhere, ...init, headers: { Cookie, ...init.headers } })
  const tell = async (path: string) => (await (await ask(path)).json()) as Record<string, unknown>
  return { app, ask, tell, Cookie }
}

interface Operation {
  path: string
  method: string
  tags: string[]
}

async function operations(app: TestApp): Promise<Operation[]> {
  const { paths } = (await (await app.request('/api/v1/openapi.json')).json()) as {
    paths: Record<string, Record<string, { tags: string[] }>>
  }
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { tags }]) => ({
      path: path.replace(/\{\w+\}/g, '1'),
      method: method.toUpperCase(),
      tags,
    })),
  )
}

/** What everybody does for a device of their own: getting in, in once more, and out. */
const forOneself = /^\/api\/v1\/(pair|session|hand-over|passkeys.*)$/
/** What GET tells to owners only. */
const secret = ['retention', 'devices', 'tokens', 'plugins', 'project'].map((name) => `/api/v1/${name}`)

describe('a viewer', () => {
  test('a viewer may change nothing: every route that does refuses with 403, and strangers with 401', async () => {
    const { app, ask } = await household({ role: 'viewer' })
    const changing = (await operations(app)).filter(
      ({ path, method, tags }) =>
        method !== 'GET' &&
        !tags.some((tag) => ['points', 'formats'].includes(tag)) &&
        !forOneself.test(path),
    )
    expect(changing.length).toBeGreaterThan(5)
    for (const { path, method } of changing) {
      const init = { method, headers: json, body: '{}' }
      const refused = await ask(path, init)
      expect([method, path, refused.status]).toEqual([method, path, 403])
      expect(await refused.json()).toMatchObject({ error: { code: 'forbidden', message: /viewer/ } })
      expect((await app.request(path, { from: elsewhere, ...init })).status).toBe(401)
    }
    expect(app.appStore.devices()).toHaveLength(1)
  })

  test('a viewer is told no settings, devices, tokens and ids, an owner is', async () => {
    const viewer = await household({ role: 'viewer' })
    const owner = await household({ role: 'owner' })
    for (const path of [...secret, '/register?name=mine']) {
      expect([path, (await viewer.ask(path)).status]).toEqual([path, 403])
      expect([path, (await owner.ask(path)).status]).toEqual([path, 200])
    }
  })

  test('a viewer reads every project', async () => {
    const { tell } = await household({ role: 'viewer' })
    expect(await tell('/api/v1/session')).toMatchObject({ role: 'viewer', project: null })
    expect(await tell('/api/v1/projects')).toMatchObject({ projects: [{ key: 'nas' }, { key: 'garden' }] })
    expect(await tell('/api/v1/latest?project=garden')).toMatchObject({ values: [{ value: 2 }] })
  })
})

describe('a viewer of one project', () => {
  const grant = { role: 'viewer', project: 'garden' } as const

  test('a viewer of one project sees it where no project is named, and no other by any name', async () => {
    const { ask, tell } = await household(grant)
    expect(await tell('/api/v1/session')).toMatchObject({ role: 'viewer', project: 'garden' })
    expect(await tell('/api/v1/projects')).toMatchObject({ projects: [{ key: 'garden' }] })
    for (const path of ['catalogue', 'query', 'latest', 'at']) {
      const own = JSON.stringify(await tell(`/api/v1/${path}`))
      expect(own).toContain('garden')
      expect(own).not.toContain('nas')
      for (const name of ['nas', 'nass']) {
        const other = await ask(`/api/v1/${path}?project=${name}`)
        expect([path, other.status]).toEqual([path, 404])
        expect(await other.text()).not.toContain('perhaps nas')
      }
    }
  })

  test('a viewer of one project hears of it alone in the stream', async () => {
    const { app, ask } = await household(grant)
    expect((await ask('/api/v1/stream?project=nas')).status).toBe(404)
    const events = new EventReader(await ask('/api/v1/stream'))
    await events.next('hello')
    const time = app.clock.now()
    app.store.append([
      { project: 'nas', category: 'load', label: '1 min', time, value: 12345 },
      { project: 'garden', category: 'soil', label: 'wet', time, value: 67890 },
    ])
    await events.next('points')
    expect(events.text).toContain('67890')
    expect(events.text).not.toContain('12345')
    await events.cancel()
  })

  test('a viewer of one project sees nothing once it is gone', async () => {
    const { app, ask, tell } = await household({ role: 'viewer', project: 'attic' })
    expect(await tell('/api/v1/projects')).toEqual({ projects: [] })
    expect((await ask('/api/v1/latest')).status).toBe(404)
    expect(app.appStore.projects()).toHaveLength(2)
  })
})

describe('a revoked device', () => {
  test('a revoked device is out within a second, its open stream included', async () => {
    const { app, ask } = await household({ role: 'owner' })
    const events = new EventReader(await ask('/api/v1/stream'))
    await events.next('hello')
    const began = performance.now()
    expect((await ask('/api/v1/devices/1', { method: 'DELETE' })).status).toBe(200)
    await expect(events.until(() => false, 'nothing')).rejects.toThrow()
    expect(performance.now() - began).toBeLessThan(1000)
    expect((await ask('/api/v1/projects')).status).toBe(401)
    expect(app.appStore.devices()).toEqual([])
  })
})

describe('a token', () => {
  const bearer = (token: string, from = elsewhere): Request => ({
    from,
    headers: { Authorization: `Bearer ${token}` },
  })

  test('a token reads what a viewer reads, until it is revoked', async () => {
    const { app, ask, tell } = await household({ role: 'owner' })
    const made = await ask('/api/v1/tokens', { method: 'POST', headers: json, body: '{"name":"nightly"}' })
    const { token } = (await made.json()) as { token: string }
    expect(await tell('/api/v1/tokens')).toMatchObject({
      tokens: [{ id: 1, name: 'nightly', lastUsed: null }],
    })
    expect((await app.request('/api/v1/query', bearer(token))).status).toBe(200)
    expect((await app.request('/api/v1/devices', bearer(token))).status).toBe(403)
    expect(await tell('/api/v1/tokens')).toMatchObject({ tokens: [{ lastUsed: app.clock.now() }] })
    expect((await ask('/api/v1/tokens/1', { method: 'DELETE' })).status).toBe(200)
    expect((await app.request('/api/v1/query', bearer(token))).status).toBe(401)
    expect((await ask('/api/v1/tokens/1', { method: 'DELETE' })).status).toBe(404)
  })

  test('a token decides alone, also on this machine', async () => {
    const app = testApp()
    app.appStore.machineProject('nas')
    const token = app.appStore.newToken({ name: 'script', project: 'garden' }, app.clock.now())
    expect((await app.request('/api/v1/projects')).status).toBe(200)
    expect((await app.request('/api/v1/projects', bearer('made up', '127.0.0.1'))).status).toBe(401)
    const response = await app.request('/api/v1/projects', bearer(token, '127.0.0.1'))
    expect(await response.json()).toEqual({ projects: [] })
  })

  test('a token of one project is refused for a project that does not exist', async () => {
    const { ask } = await household({ role: 'owner' })
    const body = JSON.stringify({ name: 'x', project: 'gardn' })
    const response = await ask('/api/v1/tokens', { method: 'POST', headers: json, body })
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ error: { expected: 'perhaps garden' } })
  })
})
