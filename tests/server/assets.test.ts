import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { temporaryFolder, testApp } from './support/test-app.ts'

const page = '<!doctype html><title>Pocketstats</title>'
const script = 'console.log("hello")'

/** A built app, and beside its folder a secret that must stay one. */
function builtApp(settings: Record<string, string> = {}) {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'secret.txt'), 'secret')
  const assetsFolder = join(folder, 'web')
  mkdirSync(join(assetsFolder, 'assets'), { recursive: true })
  const write = (name: string, content: string | Uint8Array) =>
    writeFileSync(join(assetsFolder, name), content)
  write('index.html', page)
  write('sw.js', script)
  write('sw-off.js', 'leave()')
  write('manifest.webmanifest', '{"name":"Pocketstats"}')
  write('assets/main-3f2a.js', script)
  write('assets/main-3f2a.js.br', brotliCompressSync(script))
  write('assets/main-3f2a.js.gz', gzipSync(script))
  return { ...testApp({ assetsFolder, settings }), write }
}

const html = { Accept: 'text/html,application/xhtml+xml;q=0.9' }

describe('assets()', () => {
  test.each(['/', '/index.html', '/some/where?project=x'])(
    'assets() answers the page %s with index.html, never kept without asking',
    async (path) => {
      const response = await builtApp().request(path, { from: '192.168.1.20', headers: html })
      expect(response.status).toBe(200)
      expect(response.headers.get('Content-Type')).toMatch(/^text\/html/)
      expect(response.headers.get('Cache-Control')).toBe('no-cache')
      expect(response.headers.get('Content-Security-Policy')).toContain("script-src 'self'")
      expect(await response.text()).toBe(page)
    },
  )

  test('assets() answers /sw.js with the worker that takes leave when the worker is switched off', async () => {
    const response = await builtApp({ SERVER_SERVICEWORKER: 'no' }).request('/sw.js')
    expect(response.headers.get('Content-Type')).toMatch(/javascript/)
    expect(response.headers.get('Cache-Control')).toBe('no-cache')
    expect(await response.text()).toBe('leave()')
  })

  test.each([
    ['/sw.js', 'text/javascript; charset=utf-8'],
    ['/manifest.webmanifest', 'application/manifest+json'],
  ])('assets() answers %s as what it is, never kept without asking', async (path, type) => {
    const response = await builtApp().request(path)
    expect(response.status).toBe(200)
    expect(response.headers.get('Content-Type')).toBe(type)
    expect(response.headers.get('Cache-Control')).toBe('no-cache')
  })

  test('assets() lets hashed files be kept for ever', async () => {
    const response = await builtApp().request('/assets/main-3f2a.js')
    expect(response.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable')
    expect(await response.text()).toBe(script)
  })

  test('assets() sends what was compressed at build time', async () => {
    const { request } = builtApp()
    const encodings = ['br, gzip', 'gzip', 'identity']
    const responses = await Promise.all(
      encodings.map((encoding) =>
        request('/assets/main-3f2a.js', { headers: { 'Accept-Encoding': encoding } }),
      ),
    )
    expect(responses.map(({ headers }) => headers.get('Content-Encoding'))).toEqual(['br', 'gzip', null])
    expect(responses[0]?.headers.get('Content-Type')).toMatch(/javascript/)
    expect(brotliDecompressSync(new Uint8Array((await responses[0]?.arrayBuffer()) ?? [])).toString()).toBe(
      script,
    )
  })

  test('assets() answers 304 until the page changes', async () => {
    const { request, write } = builtApp()
    const tag = (await request('/', { headers: html })).headers.get('ETag') ?? ''
    const again = await request('/', { headers: { ...html, 'If-None-Match': tag } })
    expect(again.status).toBe(304)
    expect(again.headers.get('Cache-Control')).toBe('no-cache')
    write('index.html', page.replace('Pocketstats', 'newer'))
    const changed = await request('/', { headers: { ...html, 'If-None-Match': tag } })
    expect(changed.status).toBe(200)
    expect(await changed.text()).toContain('newer')
  })

  test('assets() answers HEAD without a body', async () => {
    const response = await builtApp().request('/', { method: 'HEAD', headers: html })
    expect(response.status).toBe(200)
    expect(await response.text()).toBe('')
  })

  test.each(['/assets/gone-0000.js', '/icons/none.png', '/api/v1/nothing', '/api/nothing'])(
    'assets() answers %s with 404 also to who would take a page',
    async (path) => {
      const headers = path.startsWith('/icons') ? {} : html
      const response = await builtApp().request(path, { headers })
      expect(response.status).toBe(404)
      expect(await response.json()).toMatchObject({ error: { code: 'not-found' } })
    },
  )

  test.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/assets/..%5c..%5csecret.txt',
    '/assets/%2e%2e%2f%2e%2e%2fsecret.txt',
    '//secret.txt',
    '/....//secret.txt',
    '/assets/%00',
    '/%c0%ae%c0%ae/secret.txt',
  ])('assets() keeps what is outside its folder: %s', async (path) => {
    const response = await builtApp().request(path)
    expect([400, 404]).toContain(response.status)
    expect(await response.text()).not.toBe('secret')
  })

  test('assets() says how to build an app that was not built, and serves it once it was', async () => {
    const assetsFolder = join(temporaryFolder(), 'web')
    const { request } = testApp({ assetsFolder })
    const response = await request('/', { headers: html })
    expect(response.status).toBe(503)
    expect(await response.text()).toContain('npm run build')
    mkdirSync(assetsFolder)
    writeFileSync(join(assetsFolder, 'index.html'), page)
    expect((await request('/', { headers: html })).status).toBe(200)
  })
})
