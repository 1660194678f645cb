import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { EventReader } from './support/event-reader.ts'
import { pairedCookie, type TestApp, temporaryFolder, testApp } from './support/test-app.ts'

function watchedApp(folder = temporaryFolder()) {
  const app = testApp({ folder, timing: { checkMs: 10 } })
  app.appStore.machineProject('nas')
  /** Seconds for which the mark still stands; negative when it is over. */
  const left = () => (app.appStore.watchedUntil() - app.clock.now()) / 1000
  return { ...app, folder, left }
}

async function listen({ request }: Pick<TestApp, 'request'>): Promise<EventReader> {
  const reader = new EventReader(await request('/api/v1/stream'))
  await reader.next('hello')
  return reader
}

/** Until the mark is as wanted; fails by the test's own time. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5))
}

describe('audience', () => {
  test.each(['latest', 'at', 'query', 'catalogue'])(
    'audience is marked for at least ten seconds by a request for %s',
    async (path) => {
      const { request, left } = watchedApp()
      expect(left()).toBeLessThan(0)
      expect((await request(`/api/v1/${path}`)).status).toBe(200)
      expect(left()).toBe(15)
    },
  )

  test('audience is not marked by health, by points, or by whoever may not read', async () => {
    const app = watchedApp()
    const stranger = { from: '192.168.1.20' }
    await app.request('/healthz')
    await app.request('/api/v1/session')
    await app.request('/add_data_point?projectid=testuuid&category=foo&label=bar&value=42')
    expect((await app.request('/api/v1/latest', stranger)).status).toBe(401)
    expect(app.appStore.watchedUntil()).toBe(0)
    const headers = { Cookie: await pairedCookie(app) }
    expect((await app.request('/api/v1/latest', { ...stranger, headers })).status).toBe(200)
    expect(app.left()).toBe(15)
  })

  test('audience is renewed every five seconds at most, however much is read', async () => {
    const { request, clock, left } = watchedApp()
    await request('/api/v1/latest')
    clock.pass(4999)
    await request('/api/v1/latest')
    expect(left()).toBe(10.001)
    clock.pass(1)
    await request('/api/v1/latest')
    expect(left()).toBe(15)
  })

  test('audience stays while a live stream is open and goes when the last one ends', async () => {
    const app = watchedApp()
    const [one, other] = [await listen(app), await listen(app)]
    for (const seconds of [20, 40, 60]) {
      app.clock.pass(20_000)
      await until(() => app.left() === 15)
      expect(app.left(), `after ${seconds} s`).toBe(15)
    }
    await one.cancel()
    expect(app.left()).toBe(15)
    await other.cancel()
    await until(() => app.appStore.watchedUntil() === 0)
  })

  test('audience stays for ten seconds after the last request, also when a live stream ends before', async () => {
    const app = watchedApp()
    const reader = await listen(app)
    app.clock.pass(20_000)
    await app.request('/api/v1/latest')
    await reader.cancel()
    expect(app.left()).toBe(15)
  })

  test('audience costs no answer when it cannot be marked', async () => {
    const app = watchedApp()
    const other = new Database(`${app.folder}/app.db`)
    other.exec('BEGIN IMMEDIATE')
    expect((await app.request('/api/v1/latest')).status).toBe(200)
    other.exec('COMMIT')
    other.close()
    expect(app.appStore.watchedUntil()).toBe(0)
    expect(app.logged).toEqual([])
  })
})
