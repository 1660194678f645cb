import { describe, expect, test } from 'vitest'
import { pairedCookie, type Request, testApp } from '../support/test-app.ts'

const elsewhere = '192.168.1.20'

const pairing = (code: string, extra: Record<string, string> = {}): Request => ({
  from: elsewhere,
  method: 'POST',
  headers: { 'Content-Type': 'application/json', ...extra },
  body: JSON.stringify({ code, name: 'phone' }),
})

describe('pair', () => {
  test('pair turns a code into a session that reads', async () => {
    const app = testApp()
    const code = app.appStore.newPairingCode(app.clock.now())
    const response = await app.request('/api/v1/pair', pairing(code))
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({ paired: true, loopback: false, device: { name: 'phone' } })
    const Cookie = response.headers.get('Set-Cookie')?.split(';')[0] ?? ''
    expect((await app.request('/api/v1/projects', { from: elsewhere, headers: { Cookie } })).status).toBe(200)
  })

  test('pair sets a cookie that scripts and other sites cannot use', async () => {
    const app = testApp()
    const code = app.appStore.newPairingCode(app.clock.now())
    const response = await app.request('/api/v1/pair', pairing(code, { Host: '192.168.1.2:5050' }))
    const cookie = response.headers.get('Set-Cookie') ?? ''
    expect(cookie).toMatch(/^pocketstats_5050=[\w-]{40,}; /)
    expect(cookie.split('; ').slice(1).sort()).toEqual([
      'HttpOnly',
      'Max-Age=7776000',
      'Path=/',
      'SameSite=Lax',
    ])
  })

  test('pair sets a cookie for https only where https is spoken', async () => {
    const app = testApp({ settings: { SERVER_ALLOWEDHOSTS: 'stats.example.org' } })
    const code = app.appStore.newPairingCode(app.clock.now())
    const headers = {
      Host: 'stats.example.org',
      'X-Forwarded-Proto': 'https',
      Origin: 'https://stats.example.org',
    }
    const response = await app.request('/api/v1/pair', { ...pairing(code, headers), from: '127.0.0.1' })
    expect(response.headers.get('Set-Cookie')).toMatch(/^__Host-pocketstats=.*; Secure/)
    const next = app.appStore.newPairingCode(app.clock.now())
    const claimed = await app.request('/api/v1/pair', pairing(next, headers))
    expect(claimed.headers.get('Set-Cookie')).not.toMatch(/Secure/)
  })

  test('pair takes a code once', async () => {
    const app = testApp()
    const code = app.appStore.newPairingCode(app.clock.now())
    expect((await app.request('/api/v1/pair', pairing(code))).status).toBe(200)
    const again = await app.request('/api/v1/pair', pairing(code))
    expect(again.status).toBe(401)
    expect(again.headers.get('Set-Cookie')).toBeNull()
    expect(app.appStore.devices()).toHaveLength(1)
  })

  test('pair refuses a code that is too old', async () => {
    const app = testApp()
    const code = app.appStore.newPairingCode(app.clock.now())
    app.clock.pass(601_000)
    expect((await app.request('/api/v1/pair', pairing(code))).status).toBe(401)
  })

  test('pair replaces the device that this browser was before', async () => {
    const app = testApp()
    const Cookie = await pairedCookie(app)
    const code = app.appStore.newPairingCode(app.clock.now())
    await app.request('/api/v1/pair', pairing(code, { Cookie }))
    expect(app.appStore.devices()).toHaveLength(1)
  })

  test('pair lets a guesser wait after ten wrong codes, and nobody else', async () => {
    const app = testApp()
    for (let i = 0; i < 10; i++) {
      expect((await app.request('/api/v1/pair', pairing(`WRONG${i}AA`))).status).toBe(401)
    }
    const code = app.appStore.newPairingCode(app.clock.now())
    const refused = await app.request('/api/v1/pair', pairing(code))
    expect(refused.status).toBe(429)
    expect(refused.headers.get('Retry-After')).toBe('60')
    expect(await refused.json()).toMatchObject({ error: { code: 'too-many' } })
    expect((await app.request('/api/v1/pair', { ...pairing(code), from: '192.168.1.21' })).status).toBe(200)
    app.clock.pass(60_000)
    const next = app.appStore.newPairingCode(app.clock.now())
    expect((await app.request('/api/v1/pair', pairing(next))).status).toBe(200)
  })

  test('pair makes 10,000 guesses hopeless and keeps its owner no longer out than a stranger', async () => {
    const app = testApp()
    const guess = (i: number, from: string) => app.request('/api/v1/pair', { ...pairing(`GUESS${i}`), from })
    const tally: Record<number, number> = {}
    for (let i = 0; i < 10_000; i++) {
      const { status } = await guess(i, `10.0.0.${i % 250}`)
      tally[status] = (tally[status] ?? 0) + 1
      app.clock.pass(10)
    }
    // Each address has three tries, whatever the others do; thirty signs to the power of eight are 656 thousand million.
    expect(tally).toEqual({ 401: 750, 429: 9250 })
    const code = app.appStore.newPairingCode(app.clock.now())
    expect((await app.request('/api/v1/pair', pairing(code))).status).toBe(200)
  }, 30_000)

  test('pair tells guessers apart behind a proxy on this machine', async () => {
    const app = testApp()
    const through = (address: string, code: string): Request => ({
      ...pairing(code, { 'X-Forwarded-For': `1.2.3.4, ${address}` }),
      from: '127.0.0.1',
    })
    for (let i = 0; i < 11; i++) await app.request('/api/v1/pair', through('203.0.113.1', 'WRONG'))
    expect((await app.request('/api/v1/pair', through('203.0.113.1', 'WRONG'))).status).toBe(429)
    const code = app.appStore.newPairingCode(app.clock.now())
    expect((await app.request('/api/v1/pair', through('203.0.113.2', code))).status).toBe(200)
  })

  test.each<[string, Request, number]>([
    ['no code', { body: '{}' }, 400],
    ['no JSON', { body: 'code' }, 400],
    ['a form', { headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: 'code=x' }, 415],
    ['an empty body', { body: '' }, 400],
    ['an endless name', { body: JSON.stringify({ code: 'AAAA', name: 'x'.repeat(129) }) }, 400],
    [
      'a page of another site',
      { headers: { 'Content-Type': 'application/json', 'Sec-Fetch-Site': 'cross-site' } },
      403,
    ],
    [
      'a page of another origin',
      { headers: { 'Content-Type': 'application/json', Origin: 'http://evil.example' } },
      403,
    ],
  ])('pair refuses %s', async (_what, init, status) => {
    const app = testApp()
    const response = await app.request('/api/v1/pair', { ...pairing('AAAABBBB'), ...init })
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ error: { message: expect.any(String) } })
  })

  test('pair never says the code in its answer or its log', async () => {
    const app = testApp({ settings: { SERVER_DEBUG: 'yes' } })
    const response = await app.request('/api/v1/pair?code=SECRETAA', pairing('SECRETAA'))
    expect(await response.text()).not.toContain('SECRET')
    expect(app.logged).toHaveLength(1)
    expect(app.logged[0]).toMatch(/^server: POST \/api\/v1\/pair 401 \d+\.\d ms$/)
  })
})

describe('session', () => {
  const session = async (response: Response | Promise<Response>) => (await response).json()

  test('session tells a stranger, this machine and a paired device apart', async () => {
    const app = testApp()
    const Cookie = await pairedCookie(app)
    const passkey = 'possible'
    expect(await session(app.request('/api/v1/session', { from: elsewhere }))).toEqual({
      ...{ paired: false, loopback: false, role: null, project: null, device: null, passkey },
    })
    expect(await session(app.request('/api/v1/session'))).toEqual({
      ...{ paired: false, loopback: true, role: 'owner', project: null, device: null, passkey },
    })
    const response = await app.request('/api/v1/session', { from: elsewhere, headers: { Cookie } })
    expect(await response.json()).toEqual({
      ...{
        paired: true,
        loopback: false,
        role: 'owner',
        project: null,
        device: { id: 1, name: 'phone', passkeys: 0 },
        passkey,
      },
    })
  })
})

describe('pairing-codes', () => {
  const post = (init: Request = {}): Request => ({ method: 'POST', ...init })

  test('pairing-codes gives this machine a code that pairs', async () => {
    const app = testApp()
    const response = await app.request('/api/v1/pairing-codes', post())
    expect(response.status).toBe(200)
    const { code, expires } = (await response.json()) as { code: string; expires: number }
    expect(expires).toBe(app.clock.now() + 600_000)
    expect((await app.request('/api/v1/pair', pairing(code))).status).toBe(200)
  })

  test('pairing-codes gives a paired device a code', async () => {
    const app = testApp()
    const Cookie = await pairedCookie(app)
    const response = await app.request(
      '/api/v1/pairing-codes',
      post({ from: elsewhere, headers: { Cookie } }),
    )
    expect(response.status).toBe(200)
  })

  test.each<[string, Request, Record<string, string>, number]>([
    ['a stranger', { from: elsewhere }, {}, 401],
    ['this machine with TrustLoopback = no', {}, { SERVER_TRUSTLOOPBACK: 'no' }, 401],
    ['a page of another site', { headers: { 'Sec-Fetch-Site': 'cross-site' } }, {}, 401],
    ['GET', { method: 'GET' }, {}, 405],
  ])('pairing-codes gives no code to %s', async (_who, init, settings, status) => {
    const response = await testApp({ settings }).request('/api/v1/pairing-codes', post(init))
    expect(response.status).toBe(status)
  })

  test('pairing-codes gives no code to a page of another site in the browser of a paired device', async () => {
    const app = testApp()
    const Cookie = await pairedCookie(app)
    const headers = { Cookie, Origin: 'http://evil.example' }
    const response = await app.request('/api/v1/pairing-codes', post({ from: elsewhere, headers }))
    expect(response.status).toBe(403)
  })
})
