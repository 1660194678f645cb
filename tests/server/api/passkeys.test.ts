import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { pairedCookie, type TestApp, testApp } from '../support/test-app.ts'

const elsewhere = '192.168.1.20'
const host = 'nas.local:5050'
const sha256 = (bytes: Buffer | string): Buffer => createHash('sha256').update(bytes).digest()

/** Asks over https under the machine's name, as a browser does. */
async function ask(app: TestApp, path: string, { body = {}, cookie = '', at = `https://${host}` } = {}) {
  const headers = { 'Content-Type': 'application/json', ...(cookie && { Cookie: cookie }) }
  const init = { method: 'POST', headers, body: JSON.stringify(body) }
  const response = await app.app.request(`${at}/api/v1/passkeys${path}`, init, { address: elsewhere })
  return { status: response.status, body: await response.json(), cookie: response.headers.get('Set-Cookie') }
}

/** A key that device 1 has made, and what it answers to a challenge. */
function keyOf(app: TestApp) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const [right, down] = [x, y].map((part) => Buffer.from(part, 'base64url'))
  // COSE: {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}
  const head = Buffer.from('a5010203262001215820', 'hex')
  const cose = Buffer.concat([head, right ?? head, Buffer.from('225820', 'hex'), down ?? head])
  const id = randomBytes(16).toString('base64url')
  const key = { id, device: 1, host: 'nas.local', publicKey: new Uint8Array(cose), counter: 0 }
  app.appStore.addPasskey(key, app.clock.now())
  return (challenge: string, { origin = `https://${host}`, rp = 'nas.local', count = 1 } = {}) => {
    const clientData = Buffer.from(
      JSON.stringify({ type: 'webauthn.get', challenge, origin, crossOrigin: false }),
    )
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(count)
    const data = Buffer.concat([sha256(rp), Buffer.from([5]), counter])
    const signature = sign('sha256', Buffer.concat([data, sha256(clientData)]), privateKey)
    const [clientDataJSON, authenticatorData, signed] = [clientData, data, signature].map((bytes) =>
      bytes.toString('base64url'),
    )
    const response = { clientDataJSON, authenticatorData, signature: signed }
    return { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response }
  }
}

async function keyedApp() {
  const app = testApp()
  const cookie = await pairedCookie(app, host)
  const answer = keyOf(app)
  const challenge = async (): Promise<string> =>
    ((await ask(app, '/sign-in/options')).body as { challenge: string }).challenge
  return { app, cookie, answer, challenge }
}

describe('passkeys', () => {
  test('passkeys sign their device in, and each answer counts once', async () => {
    const { app, answer, challenge } = await keyedApp()
    const body = answer(await challenge())
    const signedIn = await ask(app, '/sign-in', { body })
    expect(signedIn.status).toBe(200)
    const cookie = signedIn.cookie?.split(';')[0] ?? ''
    expect(signedIn.cookie).toMatch(/^__Host-pocketstats_5050=.*; Secure/)
    expect(app.appStore.deviceOf(cookie.split('=')[1] ?? '', app.clock.now())).toMatchObject({ id: 1 })
    expect((await ask(app, '/sign-in', { body })).status).toBe(400)
  })

  test('passkeys of a revoked device, a copied key, another site or another name open nothing', async () => {
    const { app, answer, challenge } = await keyedApp()
    const tries: [object, number][] = [
      [answer('made up'), 400],
      [answer(await challenge(), { origin: 'https://evil.example' }), 400],
      [answer(await challenge(), { rp: 'evil.example' }), 400],
    ]
    expect((await ask(app, '/sign-in', { body: answer(await challenge(), { count: 5 }) })).status).toBe(200)
    tries.push([answer(await challenge(), { count: 4 }), 400])
    for (const [body, status] of tries) {
      expect(await ask(app, '/sign-in', { body })).toMatchObject({ status, cookie: null })
    }
    app.appStore.revokeDevice(1)
    const gone = await ask(app, '/sign-in', { body: answer(await challenge(), { count: 6 }) })
    expect(gone).toMatchObject({ status: 401, cookie: null })
  })

  test('passkeys are made by paired devices, where browsers have them', async () => {
    const { app, cookie } = await keyedApp()
    expect((await ask(app, '/options')).status).toBe(401)
    expect(await ask(app, '/options', { cookie })).toMatchObject({
      status: 200,
      body: { rp: { id: 'nas.local' }, excludeCredentials: [{ id: expect.any(String) }] },
    })
    for (const at of [`http://${host}`, 'https://192.168.1.2:5050']) {
      expect((await ask(app, '/options', { cookie, at })).status).toBe(409)
      expect((await ask(app, '/sign-in/options', { at })).status).toBe(409)
    }
    expect((await ask(app, '', { cookie, body: { id: 'x', type: 'public-key' } })).status).toBe(400)
  })

  test('passkeys that nobody knows are counted as wrong codes', async () => {
    const { app } = await keyedApp()
    const statuses = []
    for (let i = 0; i < 11; i++) {
      statuses.push((await ask(app, '/sign-in', { body: { id: `made up ${i}`, type: 'public-key' } })).status)
    }
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429])
  })
})
