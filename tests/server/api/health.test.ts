import { describe, expect, test } from 'vitest'
import { testApp } from '../support/test-app.ts'

const declaration = { help: 'Load average', unit: '', graph: true, everySeconds: 1, min: null, max: null }

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
    expect(await health()).toEqual({ code: 200, status: 'fresh', lastPoint, ageSeconds: 0 })
    clock.pass(10_000)
    expect(await health()).toEqual({ code: 200, status: 'fresh', lastPoint, ageSeconds: 10 })
    clock.pass(1)
    expect(await health()).toEqual({ code: 503, status: 'stale', lastPoint, ageSeconds: 10.001 })
    gather()
    expect(await health()).toMatchObject({ code: 200, status: 'fresh' })
  })

  test('healthz waits three rounds where rounds are long', async () => {
    const { gather, health, clock } = gatheringApp({ GENERATOR_TIMESTEP: '1min' })
    gather()
    clock.pass(180_000)
    expect(await health()).toMatchObject({ code: 200 })
    clock.pass(1000)
    expect(await health()).toMatchObject({ code: 503 })
  })

  test('healthz is stale where nothing was gathered, whatever else was added', async () => {
    const { store, key, clock, health } = gatheringApp()
    expect(await health()).toEqual({ code: 503, status: 'stale', lastPoint: null, ageSeconds: null })
    store.append([{ project: key, category: 'mine', label: 'x', time: clock.now(), value: 1 }])
    expect(await health()).toEqual({ code: 503, status: 'stale', lastPoint: null, ageSeconds: null })
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
    ])
  })
})
