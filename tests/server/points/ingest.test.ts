import { describe, expect, test } from 'vitest'
import { Ingest } from '../../../server/points/ingest.ts'
import type { Intake } from '../../../server/points/intake.ts'
import { StorageState } from '../../../server/storage-state.ts'
import { testApp } from '../support/test-app.ts'

const day = 86_400

/** The one way in, before a real store. */
function openIngest(settings: Record<string, string> = {}) {
  const app = testApp({ settings })
  const { store, appStore, clock, retention } = app
  const storage = new StorageState({ appStore, clock, freeBytes: () => 1e12 })
  const ingest = new Ingest({ store, clock, retention, settings: app.settings, storage })
  const project = appStore.createProject({ name: 'green', kind: 'custom' })
  const open = () => ingest.open(appStore.projectById(project.id) ?? project)
  return { ...app, ingest, project, open }
}

const add = (
  intake: Intake,
  label: string,
  { category = 'c', time = intake.now, value = 1, line = 1 } = {},
) => intake.add(category, label, time, value, line)

describe('Ingest', () => {
  test('open() checks times, values and names, and tells each refusal with its line', () => {
    const { open, clock } = openIngest()
    const intake = open()
    const now = clock.now()
    expect(add(intake, 'ok')).toBe(true)
    expect(add(intake, 'l', { time: now - 366 * day * 1000, line: 2 })).toBe(false)
    expect(add(intake, 'l', { time: now + 301_000, line: 3 })).toBe(false)
    expect(add(intake, 'l', { time: Number.NaN, line: 4 })).toBe(false)
    expect(add(intake, 'l', { value: Number.POSITIVE_INFINITY, line: 5 })).toBe(false)
    for (const [i, name] of ['', 'x'.repeat(129), 'a\u0000', ' a', '\ud800', '\u202Eevil'].entries()) {
      expect(add(intake, name, { line: 6 + i })).toBe(false)
      expect(add(intake, 'l', { category: name, line: 6 + i })).toBe(false)
    }
    expect(intake.refused).toBe(4 + 12)
    expect(intake.refusals.slice(0, 5).map(({ line, field }) => [line, field])).toEqual([
      [2, 'time'],
      [3, 'time'],
      [4, 'time'],
      [5, 'value'],
      [6, 'label'],
    ])
    expect(intake.length).toBe(1)
  })

  test('open() holds the limit of series, counts what is under way, and frees what was given up', async () => {
    const { open, appStore, project } = openIngest({ LIMITS_SERIESPERPROJECT: '3' })
    const [first, second] = [open(), open()]
    expect([add(first, 'a'), add(first, 'b'), add(second, 'c')]).toEqual([true, true, true])
    expect(add(second, 'd')).toBe(false)
    expect(add(second, 'a')).toBe(true)
    expect(second.refusals[0]).toMatchObject({ code: 'too-many', field: 'label', given: 'd' })
    second.giveUp()
    await first.store()
    const third = open()
    expect([add(third, 'd'), add(third, 'e'), add(third, 'a')]).toEqual([true, false, true])
    await third.store()
    appStore.updateProject(project.key, { maxSeries: 4 })
    const fourth = open()
    expect([add(fourth, 'e'), add(fourth, 'f')]).toEqual([true, false])
  })

  test('open() lets points come at the rate of their project, and says when to try again', async () => {
    const { open, appStore, project, clock } = openIngest({ LIMITS_POINTSPERSECOND: '10' })
    const burst = open()
    for (let i = 0; i < 30; i++) add(burst, 'a', { time: burst.now - i })
    await burst.store()
    const tooFast = expect.objectContaining({
      code: 'too-many',
      details: expect.objectContaining({ retryAfterSeconds: 3 }),
    })
    expect(open).toThrow(tooFast)
    clock.pass(2000)
    expect(open).toThrow(expect.objectContaining({ code: 'too-many' }))
    clock.pass(200)
    expect(add(open(), 'a')).toBe(true)
    appStore.updateProject(project.key, { maxPointsPerSecond: 0 })
    for (let i = 0; i < 3; i++) await burst.store()
    expect(add(open(), 'a')).toBe(true)
  })

  test('open() takes nothing for an archived project, and nothing beyond the age of its own', () => {
    const { open, appStore, project } = openIngest()
    appStore.updateProject(project.key, { maxAgeSeconds: 60 })
    const intake = open()
    expect(add(intake, 'a', { time: intake.now - 61_000 })).toBe(false)
    expect(intake.refusals[0]?.expected).toContain('age limit of its project')
    appStore.updateProject(project.key, { archived: true })
    expect(open).toThrow(expect.objectContaining({ code: 'forbidden' }))
  })
})

describe('CommitQueue', () => {
  test('store() lets senders of the same moment share a transaction', async () => {
    const { open, store } = openIngest()
    const intakes = Array.from({ length: 50 }, (_, i) => {
      const intake = open()
      add(intake, `l${i}`)
      return intake
    })
    const before = store.stats().rowsWritten
    await Promise.all(intakes.map((intake) => intake.store()))
    expect(store.stats().rowsWritten - before).toBe(1)
    expect(store.latest('green')).toHaveLength(50)
  })

  test('store() serves a single point of one project before the flood of another is through', async () => {
    const { ingest, appStore, open, store } = openIngest()
    const other = appStore.createProject({ name: 'other', kind: 'custom' })
    const flood = open()
    for (let i = 0; i < 40_000; i++) add(flood, 'flood', { time: flood.now - i })
    const single = ingest.open(other)
    add(single, 'single')
    const order: string[] = []
    await Promise.all([
      flood.store().then(() => order.push('flood')),
      single.store().then(() => order.push('single')),
    ])
    expect(order).toEqual(['single', 'flood'])
    const { count } = store.query({
      project: 'green',
      category: 'c',
      from: flood.now - 40_000,
      to: flood.now + 1,
      buckets: 1,
    }).series[0] ?? { count: [] }
    expect([...count].reduce((a, b) => a + b)).toBe(40_000)
  })
})
