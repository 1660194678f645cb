// The page /install from plain http to an app that can be installed: with a browser that does not know the machine's
// certificate yet, and one that does.

import { execFileSync, spawnSync } from 'node:child_process'
import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { AsnConvert } from '@peculiar/asn1-schema'
import { Certificate } from '@peculiar/asn1-x509'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { findChromium } from '../../cli/chromium.ts'
import { serverCertificate } from '../../server/tls/certificate.ts'
import { type AppPage, launchChromium, newApp, phone } from './support/app-page.ts'
import { type Instance, startInstance } from './support/instance.ts'
import { patience, until } from './support/until.ts'

vi.setConfig(patience)

const android = {
  ...phone,
  userAgent:
    'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36',
}
const iphone = {
  ...phone,
  userAgent:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
}
const lan = Object.values(networkInterfaces())
  .flatMap((list = []) => list)
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address
const hasCertutil = spawnSync('certutil', ['--version']).error === undefined

let instance: Instance
let browser: Browser
/** The instance as phones call it. */
let host: string

beforeAll(async () => {
  instance = await startInstance({ SERVER_TLS: 'auto' })
  browser = await launchChromium()
  host = `${lan}:${new URL(instance.url).port}`
})

afterAll(async () => {
  await browser?.close()
  await instance?.close()
})

const authority = (): X509Certificate =>
  new X509Certificate(readFileSync(join(instance.folder, 'tls', 'authority.crt')))

/** How each check came out: `pass` or `fail`. */
const outcomes = ({ page }: AppPage): Promise<Record<string, string>> =>
  page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll<HTMLElement>('#checks li')].map(({ dataset }) => [
        dataset.check,
        dataset.state,
      ]),
    ),
  )

const settled = (app: AppPage) =>
  until(async () => {
    const found = Object.values(await outcomes(app))
    expect(found.length).toBeGreaterThan(7)
    expect(found).not.toContain('wait')
  })

test.skipIf(!lan)(
  'over http, unpaired, the page opens the right guide and says what does not work yet',
  async () => {
    const app = await newApp(browser, android)
    await app.page.goto(`http://${host}/install`)
    await settled(app)
    expect(await app.page.getByRole('heading', { name: 'First, the certificate' }).count()).toBe(1)
    expect(await app.page.locator('details[open]').getAttribute('data-platform')).toBe('android')
    expect(await outcomes(app)).toMatchObject({
      ...{ 'Secure connection': 'fail', Certificate: 'fail', 'Service worker': 'fail', Installable: 'fail' },
      ...{ 'Install card': 'pass', Clock: 'pass', Pairing: 'fail' },
    })
    expect(await app.page.locator('.fingerprint').textContent()).toBe(authority().fingerprint256)
    expect(await app.violations()).toEqual([])
    await app.context.close()
  },
)

test.skipIf(!lan)('the certificate comes as a file, and as a profile for an iPhone', async () => {
  const file = await fetch(`http://${host}/install/pocketstats.crt`)
  expect(file.headers.get('Content-Type')).toBe('application/x-x509-ca-cert')
  expect(Buffer.from(await file.arrayBuffer())).toEqual(authority().raw)
  const profile = await fetch(`http://${host}/install/pocketstats.mobileconfig`)
  expect(profile.headers.get('Content-Type')).toBe('application/x-apple-aspen-config')
  const text = await profile.text()
  expect(text).toContain('<string>com.apple.security.root</string>')
  expect(text).toContain(`<data>${authority().raw.toString('base64')}</data>`)
  const app = await newApp(browser, iphone)
  await app.page.goto(`http://${host}/install`)
  await settled(app)
  expect(await app.page.locator('details[open]').getAttribute('data-platform')).toBe('apple')
  expect(await app.page.getByRole('link', { name: 'Download the profile' }).isVisible()).toBe(true)
  await app.context.close()
})

test.skipIf(!lan)('without script the page has every step and the way to https', async () => {
  const context = await browser.newContext({ ...android, javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(`http://${host}/install`)
  await page.locator('summary', { hasText: 'Android' }).click()
  expect(await page.getByRole('link', { name: 'Download the certificate' }).isVisible()).toBe(true)
  await context.close()
  const way = await fetch(`http://${host}/install/https`, { redirect: 'manual' })
  expect(way.headers.get('Location')).toBe(`https://${host}/install`)
})

test.skipIf(!lan)('whoever clicked past the browser’s warning is told that it does not count', async () => {
  const app = await newApp(browser, { ...android, ignoreHTTPSErrors: true })
  await app.page.goto(`https://${host}/install`)
  await settled(app)
  expect(await app.page.locator('#now').textContent()).toContain('past its warning')
  expect(await outcomes(app)).toMatchObject({
    'Secure connection': 'pass',
    Certificate: 'fail',
    'Service worker': 'fail',
  })
  await app.context.close()
})

describe.skipIf(!lan || !hasCertutil)('with a browser that knows the authority', () => {
  const home = mkdtempSync(join(tmpdir(), 'pocketstats-home-'))
  let knowing: Browser

  beforeAll(async () => {
    const store = join(home, '.pki', 'nssdb')
    mkdirSync(store, { recursive: true })
    const nss = (...args: string[]) => execFileSync('certutil', ['-d', `sql:${store}`, ...args])
    nss('-N', '--empty-password')
    nss('-A', '-t', 'C,,', '-n', 'pocketstats', '-i', join(instance.folder, 'tls', 'authority.crt'))
    const executablePath = findChromium()
    knowing = await chromium.launch({
      ...(executablePath && { executablePath }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--host-resolver-rules=MAP bank.example 127.0.0.1',
      ],
      env: { ...process.env, HOME: home } as Record<string, string>,
    })
  })

  afterAll(async () => {
    await knowing?.close()
    rmSync(home, { recursive: true, force: true })
  })

  test('a phone paired over http goes on to https, is paired there, and nothing is in the way of installing', async () => {
    const app = await newApp(knowing, android)
    await app.page.goto(`http://${host}/#pair=${instance.pairingCode()}`)
    await app.ready()
    await app.page.goto(`http://${host}/install`)
    await app.page.getByRole('heading', { name: 'This device knows the certificate' }).waitFor()
    // As where browser and app share no cookies: the code alone has to do.
    await app.page.route('**/api/v1/hand-over', async (route) => {
      const response = await route.fetch()
      await app.context.clearCookies()
      await route.fulfill({ response })
    })
    await app.page.locator('#now a').click()
    await app.page.waitForURL(`https://${host}/install**`)
    await settled(app)
    const all = await outcomes(app)
    expect(Object.entries(all).filter(([, outcome]) => outcome !== 'pass')).toEqual([])
    const session = await app.context.newCDPSession(app.page)
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors')
    expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([])
    await app.page.goto(`https://${host}/`)
    await app.ready()
    const cookies = await app.context.cookies(`https://${host}/`)
    expect(
      cookies.some(({ name, secure, httpOnly }) => name.startsWith('__Host-') && secure && httpOnly),
    ).toBe(true)
    await until(async () => expect(await app.state.textContent()).toBe('Live'))
    expect(await app.page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state)).toBe(
      'activated',
    )
    await app.context.close()
  })

  test('the browser believes the authority for this machine and refuses it for a bank', async () => {
    const { folder } = instance
    const issuerKey = createPrivateKey(readFileSync(join(folder, 'tls', 'authority.key')))
    const issuer = AsnConvert.parse(authority().raw, Certificate).tbsCertificate.subject
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const life = { notBefore: new Date(Date.now() - 3_600_000), notAfter: new Date(Date.now() + 3_600_000) }
    const open = async (name: string): Promise<string> => {
      const cert = serverCertificate(privateKey, { names: [name], addresses: [], issuer, issuerKey, ...life })
      const key = privateKey.export({ type: 'pkcs8', format: 'pem' })
      const server = createServer({ key, cert }, (_request, response) => response.end('here'))
      await once(server.listen(0, '127.0.0.1'), 'listening')
      const app = await newApp(knowing)
      try {
        await app.page.goto(`https://${name}:${(server.address() as AddressInfo).port}/`)
        return await app.page.innerText('body')
      } catch (error) {
        return String(error)
      } finally {
        await app.context.close()
        server.close()
      }
    }
    expect(await open('cellar.localhost')).toBe('here')
    expect(await open('bank.example')).toContain('ERR_CERT')
  })
})
