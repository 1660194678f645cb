import { describe, expect, test } from 'vitest'
import { testApp } from '../support/test-app.ts'

const declaration = { help: 'Load average', unit: '', graph: true, everySeconds: 1, min: null, max: null }

const storage = { ok: true, message: null, low: false }

function gatheringApp(settings: Record<string, string> = {}) {
  const app = testApp({ settings })
  const { key } = app.appStore.machineProject('nas')
  app.store.declare(key, 'load', declaration)
  const gather = () =>
    app.store.append([{ project: key, category: 'load', label: '1 min', time: app.clock.now(), value: 1 }])
  const health = async (from = '127.0.0.1') => {
    const response = await app.request('/healthz', { from })
    return { code: response.status, ...((await response.json()) as object) }
  }
  return { ...app, key, gather, health }
}

describe('healthz', () => {
  test('healthz is fresh for ten seconds after a point, then stale', async () => {
    const { gather, health, clock } = gatheringApp()
    gather()
    const lastPoint = clock.now()
    expect(await health()).toEqual({ code: 200, status: 'fresh', lastPoint, ageSeconds: 0, storage })
    clock.pass(10_000)
    expect(await health()).toEqual({ code: 200, status: 'fresh', lastPoint, ageSeconds: 10, storage })
    clock.pass(1)
    expect(await health()).toEqual({ code: 503, status: 'stale', lastPoint, ageSeconds: 10.001, storage })
    gather()
    expect(await health()).toMatchObject({ code: 200, status: 'fresh' })
  })

  test.each([
    ['1min', '5s', 185],
    ['1s', '5min', 303],
    ['2s', '0', 10],
  ])('healthz waits three rounds of %s and a CommitInterval of %s', async (step, keep, seconds) => {
    const settings = { GENERATOR_TIMESTEP: step, GENERATOR_COMMITINTERVAL: keep }
    const { gather, health, clock } = gatheringApp(settings)
    gather()
    clock.pass(seconds * 1000)
    expect(await health()).toMatchObject({ code: 200 })
    clock.pass(1000)
    expect(await health()).toMatchObject({ code: 503 })
  })

  test('healthz is stale where nothing was gathered, whatever else was added', async () => {
    const { store, key, clock, health } = gatheringApp()
    expect(await health()).toEqual({ code: 503, status: 'stale', lastPoint: null, ageSeconds: null, storage })
    store.append([{ project: key, category: 'mine', label: 'x', time: clock.now(), value: 1 }])
    expect(await health()).toEqual({ code: 503, status: 'stale', lastPoint: null, ageSeconds: null, storage })
  })

  test('healthz is stale before the generator ever ran', async () => {
    expect((await testApp().request('/healthz')).status).toBe(503)
  })

  test('healthz tells everybody, and nothing else', async () => {
    const { gather, health } = gatheringApp()
    gather()
    expect(Object.keys(await health('192.168.1.20')).sort()).toEqual([
      'ageSeconds',
      'code',
      'lastPoint',
      'status',
      'storage',
    ])
  })

  test('healthz tells everybody that nothing can be stored, and why to those who may read', async () => {
    const { gather, health, appStore } = gatheringApp()
    gather()
    appStore.setStorageProblem('Disk full: the database /home/ada/data.db cannot grow.')
    const message = 'Disk full: the database /home/ada/data.db cannot grow.'
    expect(await health()).toMatchObject({ code: 200, storage: { ok: false, message } })
    expect(await health('192.168.1.20')).toMatchObject({ storage: { ok: false, message: null } })
  })
})
