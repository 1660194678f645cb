import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { pairedCookie, type Request, temporaryFolder, testApp } from '../support/test-app.ts'

const elsewhere = '192.168.1.20'
const json = { 'Content-Type': 'application/json' }

async function pairedApp() {
  const app = testApp({ settings: { SERVER_TRUSTLOOPBACK: 'no' } })
  app.appStore.machineProject('nas')
  const Cookie = await pairedCookie(app)
  const ask = (path: string, { headers, ...init }: Request = {}) =>
    app.request(`/api/v1/${path}`, { from: elsewhere, ...init, headers: { Cookie, ...headers } })
  return { ...app, ask, Cookie }
}

const post = (body: object): Request => ({ method: 'POST', headers: json, body: JSON.stringify(body) })

describe('devices', () => {
  test('devices tells who is in, by which right, and who asks', async () => {
    const { ask, appStore, clock } = await pairedApp()
    const code = appStore.newPairingCode(clock.now(), { role: 'viewer', project: 'nas' })
    appStore.redeemPairingCode(code, 'friend', clock.now())
    const common = { created: clock.now(), lastSeen: clock.now(), passkeys: 0 }
    expect(await (await ask('devices')).json()).toEqual({
      devices: [
        { ...common, id: 1, name: 'phone', role: 'owner', project: null, present: true },
        { ...common, id: 2, name: 'friend', role: 'viewer', project: 'nas', present: false },
      ],
    })
  })

  test('devices are renamed and revoked', async () => {
    const { ask, appStore } = await pairedApp()
    const body = JSON.stringify({ name: 'Old phone' })
    const renamed = await ask('devices/1', { method: 'PATCH', headers: json, body })
    expect(await renamed.json()).toMatchObject({ devices: [{ id: 1, name: 'Old phone' }] })
    for (const [path, method] of [
      ['devices/2', 'PATCH'],
      ['devices/2', 'DELETE'],
    ] as const) {
      expect((await ask(path, { method, headers: json, body })).status).toBe(404)
    }
    expect((await ask('devices/one', { method: 'DELETE' })).status).toBe(400)
    const foreign = { method: 'DELETE', headers: { Origin: 'http://evil.example' } }
    expect((await ask('devices/1', foreign)).status).toBe(403)
    expect((await ask('devices/1', { method: 'DELETE' })).status).toBe(200)
    expect(appStore.devices()).toEqual([])
  })
})

describe('pairing-codes', () => {
  test('pairing-codes invites a viewer to one project', async () => {
    const { ask, appStore, clock } = await pairedApp()
    const answer = await (await ask('pairing-codes', post({ role: 'viewer', project: 'nas' }))).json()
    const { code, link } = answer as { code: string; link: string }
    expect(link).toMatch(new RegExp(`^http://[\\w.:]+:5050/#pair=${code}$`))
    appStore.redeemPairingCode(code, 'friend', clock.now())
    expect(appStore.devices()[1]).toMatchObject({ name: 'friend', role: 'viewer', project: 'nas' })
  })

  test.each([
    ['auto', {}, 'http:'],
    ['files', {}, 'https:'],
    ['auto', { 'X-Forwarded-Proto': 'https' }, 'http:'],
  ])(
    'pairing-codes links to https where a strange phone trusts it: Tls = %s, %o',
    async (tls, more, protocol) => {
      const app = testApp({ settings: { SERVER_TLS: tls } })
      const headers = { Cookie: await pairedCookie(app, 'nas:5050'), ...more }
      const url = 'https://nas:5050/api/v1/pairing-codes'
      const response = await app.app.request(url, { method: 'POST', headers }, { address: elsewhere })
      const { link } = (await response.json()) as { link: string }
      expect([new URL(link).protocol, new URL(link).host]).toEqual([protocol, 'nas:5050'])
    },
  )

  test.each([
    [{ role: 'owner', project: 'nas' }, 400, 'project'],
    [{ project: 'nas' }, 400, 'project'],
    [{ role: 'viewer', project: 'attic' }, 404, 'project'],
    [{ role: 'admin' }, 400, 'role'],
  ])('pairing-codes refuses %o', async (body, status, field) => {
    const { ask } = await pairedApp()
    const response = await ask('pairing-codes', post(body))
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ error: { field } })
  })
})

describe('session', () => {
  test('session hands out another token daily; the old one works until that was shown, and a minute more', async () => {
    const { ask, request, clock, Cookie } = await pairedApp()
    expect((await ask('projects')).headers.get('Set-Cookie')).toBeNull()
    clock.pass(86_400_000)
    const renewed = (await ask('projects')).headers.get('Set-Cookie')?.split(';')[0] ?? ''
    expect(renewed).toMatch(/^pocketstats_5050=[\w-]{43}$/)
    expect(renewed).not.toBe(Cookie)
    const statusOf = async (cookie: string) =>
      (await request('/api/v1/projects', { from: elsewhere, headers: { Cookie: cookie } })).status
    clock.pass(3_600_000)
    expect(await statusOf(Cookie)).toBe(200)
    expect(await statusOf(renewed)).toBe(401)
  })

  test('session ends the old token a minute after the new one was shown', async () => {
    const { ask, request, clock, appStore } = await pairedApp()
    clock.pass(86_400_000)
    const renewed = (await ask('projects')).headers.get('Set-Cookie')?.split(';')[0] ?? ''
    const show = () => request('/api/v1/projects', { from: elsewhere, headers: { Cookie: renewed } })
    expect((await show()).status).toBe(200)
    expect((await ask('projects')).status).toBe(200)
    clock.pass(60_000)
    expect((await ask('projects')).status).toBe(401)
    expect((await show()).status).toBe(200)
    expect(appStore.devices()).toHaveLength(1)
  })

  test('session ends when nobody used it for as long as SessionIdle says', async () => {
    const app = testApp({ settings: { SERVER_TRUSTLOOPBACK: 'no', SERVER_SESSIONIDLE: '7d' } })
    const headers = { Cookie: await pairedCookie(app) }
    const ask = () => app.request('/api/v1/projects', { from: elsewhere, headers })
    app.clock.pass(6 * 86_400_000)
    expect((await ask()).status).toBe(200)
    app.clock.pass(7 * 86_400_000)
    expect((await ask()).status).toBe(401)
  })

  test('session is ended by its device, and its cookie taken away', async () => {
    const { ask, appStore } = await pairedApp()
    const response = await ask('session', { method: 'DELETE' })
    expect(response.headers.get('Set-Cookie')).toMatch(/^pocketstats_5050=;.*Max-Age=0/)
    expect((await ask('projects')).status).toBe(401)
    expect(appStore.devices()).toHaveLength(1)
  })

  test('session moves from http to https on the same host', async () => {
    const { app, clock, Cookie } = await pairedApp()
    const get = (path: string, cookie: string) =>
      app.request(`https://nas:5050/api/v1/${path}`, { headers: { Cookie: cookie } }, { address: elsewhere })
    expect(await (await get('session', Cookie)).json()).toMatchObject({ paired: true })
    clock.pass(86_400_000)
    const renewed = (await get('projects', Cookie)).headers.get('Set-Cookie') ?? ''
    expect(renewed).toMatch(/^__Host-pocketstats_5050=.*; Secure/)
  })
})

describe('hand-over', () => {
  test('hand-over lets a device in once more, as the same device', async () => {
    const { ask, request, appStore } = await pairedApp()
    const { code } = (await (await ask('hand-over', { method: 'POST' })).json()) as { code: string }
    const paired = await request('/api/v1/pair', { from: elsewhere, ...post({ code, name: 'other' }) })
    expect(await paired.json()).toMatchObject({ paired: true, device: { id: 1, name: 'phone' } })
    expect(appStore.devices()).toMatchObject([{ id: 1, name: 'phone' }])
    const Cookie = paired.headers.get('Set-Cookie')?.split(';')[0] ?? ''
    for (const headers of [{ Cookie }, {}]) expect((await ask('projects', { headers })).status).toBe(200)
    appStore.revokeDevice(1)
    for (const headers of [{ Cookie }, {}]) expect((await ask('projects', { headers })).status).toBe(401)
  })

  test('hand-over is also for viewers, not for strangers, scripts and foreign pages', async () => {
    const { ask, request, appStore, clock } = await pairedApp()
    const token = appStore.newToken({ name: 'script', project: null }, clock.now())
    const asks: [Request, number][] = [
      [{ from: elsewhere }, 401],
      [{ from: elsewhere, headers: { Authorization: `Bearer ${token}` } }, 409],
      [{ headers: { Origin: 'http://evil.example' } }, 403],
    ]
    for (const [init, status] of asks) {
      const response = init.from
        ? await request('/api/v1/hand-over', { method: 'POST', ...init })
        : await ask('hand-over', { method: 'POST', ...init })
      expect(response.status).toBe(status)
    }
  })

  test('hand-over codes of a device that wait are few', async () => {
    const { ask, request } = await pairedApp()
    const codes: string[] = []
    for (let i = 0; i < 22; i++) {
      codes.push(((await (await ask('hand-over', { method: 'POST' })).json()) as { code: string }).code)
    }
    const pair = async (code = '') =>
      (await request('/api/v1/pair', { from: elsewhere, ...post({ code }) })).status
    expect([await pair(codes[0]), await pair(codes[21])]).toEqual([401, 200])
  })

  test('hand-over makes an install card whose start address lets the same device in, and nobody else', async () => {
    const folder = temporaryFolder()
    const card = { id: '/', name: 'Pocketstats', start_url: '/' }
    writeFileSync(join(folder, 'manifest.webmanifest'), JSON.stringify(card))
    const app = testApp({ assetsFolder: folder, settings: { SERVER_DEBUG: 'yes' } })
    const Cookie = await pairedCookie(app)
    const get = async (headers: Record<string, string>) => {
      const response = await app.request('/install.webmanifest?1', { from: elsewhere, headers })
      expect(response.headers.get('Cache-Control')).toBe('no-store')
      expect(response.headers.get('Content-Type')).toBe('application/manifest+json')
      return (await response.json()) as typeof card
    }
    expect(await get({})).toEqual(card)
    expect(await get({ Cookie, 'Sec-Fetch-Site': 'cross-site' })).toEqual(card)
    const { start_url, ...rest } = await get({ Cookie })
    expect(rest).toEqual({ id: '/', name: 'Pocketstats' })
    const code = /^\/#enter=(\w{8})$/.exec(start_url)?.[1] ?? ''
    app.clock.pass(899_000)
    const init = { from: elsewhere, ...post({ code }) }
    expect(await (await app.request('/api/v1/pair', init)).json()).toMatchObject({ device: { id: 1 } })
    expect((await app.request('/api/v1/pair', init)).status).toBe(401)
    expect(app.logged.join()).not.toContain(code)
  })
})
