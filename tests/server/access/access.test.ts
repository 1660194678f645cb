import { describe, expect, test } from 'vitest'
import { pairedCookie, type Request, testApp } from '../support/test-app.ts'

const reading = [
  '/api/v1/projects',
  '/api/v1/catalogue',
  '/api/v1/query',
  '/api/v1/latest',
  '/api/v1/at',
  '/api/v1/stream',
  '/api/v1/something-new',
]
const elsewhere = '192.168.1.20'

/** 401 is for strangers; whoever may read gets data, or is told that there is nothing of that name. */
const statusesOf = async (init: Request, settings: Record<string, string> = {}): Promise<number[]> => {
  const { request, appStore } = testApp({ settings })
  appStore.machineProject('nas')
  const statuses = []
  for (const path of reading) {
    const response = await request(path, init)
    await response.body?.cancel()
    statuses.push(response.status)
  }
  return statuses
}

const open = [200, 200, 200, 200, 200, 200, 404]
const closed = reading.map(() => 401)

describe('reading', () => {
  test.each<[string, Request]>([
    ['this machine', {}],
    ['this machine over IPv6', { from: '::1', headers: { Host: '[::1]:5050' } }],
    [
      'a page of ours',
      {
        headers: { 'Sec-Fetch-Site': 'same-origin', Origin: 'http://localhost:5050', Host: 'localhost:5050' },
      },
    ],
    ['an address that somebody typed', { headers: { 'Sec-Fetch-Site': 'none' } }],
  ])('reading is open for %s', async (_who, init) => {
    expect(await statusesOf(init)).toEqual(open)
  })

  test.each<[string, Request]>([
    ['another machine', { from: elsewhere }],
    ['another machine that calls it localhost', { from: elsewhere, headers: { Host: 'localhost' } }],
    ['an unknown address', { from: '' }],
    ['a network address in this machine’s clothes', { from: '::ffff:192.168.1.20' }],
    ['a proxy on this machine', { headers: { 'X-Forwarded-For': '127.0.0.1' } }],
    ['a proxy that speaks RFC 7239', { headers: { Forwarded: 'for=127.0.0.1' } }],
    ['a proxy that sets X-Forwarded-Proto only', { headers: { 'X-Forwarded-Proto': 'https' } }],
    ['a proxy of a kind nobody knows', { headers: { 'Fastly-Client-IP': '127.0.0.1' } }],
    ['a proxy that sets Via only', { headers: { Via: '1.1 caddy' } }],
    ['a tunnel', { headers: { 'CF-Connecting-IP': '203.0.113.1' } }],
    ['this machine under its network address', { headers: { Host: '192.168.1.2:5050' } }],
    ['a picture in a page of another site', { headers: { 'Sec-Fetch-Site': 'cross-site' } }],
    ['a page on another port', { headers: { 'Sec-Fetch-Site': 'same-site' } }],
    ['a page of another origin', { headers: { Origin: 'http://localhost:3000' } }],
    ['a made-up session', { from: elsewhere, headers: { Cookie: 'pocketstats_5050=guessed' } }],
  ])('reading is closed for %s', async (_who, init) => {
    expect(await statusesOf(init)).toEqual(closed)
  })

  test('reading is closed on this machine too with TrustLoopback = no', async () => {
    expect(await statusesOf({}, { SERVER_TRUSTLOOPBACK: 'no' })).toEqual(closed)
  })

  test('reading is open for a paired device until it is revoked', async () => {
    const app = testApp({ settings: { SERVER_TRUSTLOOPBACK: 'no' } })
    const init = { from: elsewhere, headers: { Cookie: await pairedCookie(app) } }
    expect((await app.request('/api/v1/projects', init)).status).toBe(200)
    for (const { id } of app.appStore.devices()) app.appStore.revokeDevice(id)
    const response = await app.request('/api/v1/projects', init)
    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({ error: { code: 'unauthorized' } })
  })

  test('the API document is open to everybody', async () => {
    expect((await testApp().request('/api/v1/openapi.json', { from: elsewhere })).status).toBe(200)
  })
})

describe('every answer', () => {
  test.each(['/', '/api/v1/projects', '/api/v1/nothing', '/add_data_point', '/healthz'])(
    'the answer to %s tells browsers to be careful, and to keep nothing',
    async (path) => {
      for (const from of ['127.0.0.1', elsewhere]) {
        const { headers } = await testApp().request(path, { from })
        const policy = headers.get('Content-Security-Policy')
        expect(policy).toContain("default-src 'self'")
        expect(policy).toContain("frame-ancestors 'none'")
        expect(policy).not.toContain('unsafe')
        expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
        expect(headers.get('Referrer-Policy')).toBe('no-referrer')
        expect(headers.get('Permissions-Policy')).toContain('camera=()')
        expect(headers.get('Access-Control-Allow-Origin')).toBeNull()
        expect(headers.get('Cache-Control')).toBe('no-store')
      }
    },
  )

  test('a bug is answered as "internal error" and logged whole', async () => {
    const app = testApp()
    app.appStore.close()
    const response = await app.request('/api/v1/projects?code=secret')
    expect(response.status).toBe(500)
    expect(await response.json()).toEqual({ error: { code: 'internal', message: 'internal error' } })
    expect(app.logged.join()).toMatch(/^server: GET \/api\/v1\/projects failed: TypeError: .*\n +at /)
  })
})
