import { expect, test } from 'vitest'
import { retentionCost } from '../../../common/retention-cost.ts'
import type { RetentionState } from '../../../common/wire.ts'
import { HistoryDraft } from '../../../web/lazy/history-draft.ts'

const day = 86_400
const year = 365 * day

const use = (category: string, project = 'nas') => ({
  ...{ project, category, points: 1_000_000, pointBytes: 600_000, sums: 20_000, sumBytes: 80_000 },
  ...{ pointsPerDay: 8 * day, sumsPerDay: 8 * 1465 },
})

const saved = (change: Partial<RetentionState> = {}): RetentionState => ({
  ...{ maxAgeSeconds: year, fullResolutionSeconds: 14 * day },
  categories: [{ name: 'load', maxAgeSeconds: 30 * day, fullResolutionSeconds: null }],
  fixed: { maxAge: false, fullResolution: false, categories: false },
  uses: [use('load'), use('memory'), use('load', 'shed')],
  ...{ bytes: 1e6, bytesPerDay: 1e5, projectedBytes: 1e8, freeBytes: 1e9 },
  storage: { ok: true, message: null, low: false },
  ...change,
})

test('HistoryDraft tells what is saved until something is chosen', () => {
  const draft = new HistoryDraft(saved())
  expect(draft.isChanged).toBe(false)
  expect(draft.kept()).toEqual({ maxAgeSeconds: year, fullResolutionSeconds: 14 * day })
  expect(draft.kept('load')).toEqual({ maxAgeSeconds: 30 * day, fullResolutionSeconds: 14 * day })
  const { uses, maxAgeSeconds, fullResolutionSeconds } = saved()
  const overrides = { load: { maxAgeSeconds: 30 * day } }
  expect(draft.cost).toEqual(retentionCost(uses, { maxAgeSeconds, fullResolutionSeconds, overrides }))
})

test('HistoryDraft follows each choice with what it costs', () => {
  const draft = new HistoryDraft(saved())
  const before = draft.cost.bytes
  draft.choose('fullResolutionSeconds', 30 * day)
  const more = draft.cost.bytes
  expect(more).toBeGreaterThan(before)
  draft.chooseFor('memory', 'fullResolutionSeconds', 3600)
  expect(draft.cost.bytes).toBeLessThan(more)
  draft.chooseFor('load', 'maxAgeSeconds', 10 * year)
  expect(draft.longest).toBe(10 * year)
  expect(draft.wire).toEqual({
    ...{ maxAgeSeconds: year, fullResolutionSeconds: 30 * day },
    categories: [
      { name: 'load', maxAgeSeconds: 10 * year, fullResolutionSeconds: null },
      { name: 'memory', maxAgeSeconds: null, fullResolutionSeconds: 3600 },
    ],
  })
})

test('HistoryDraft is unchanged again when a choice is taken back', () => {
  const draft = new HistoryDraft(saved())
  draft.chooseFor('memory', 'maxAgeSeconds', day)
  expect(draft.isChanged).toBe(true)
  draft.chooseFor('memory', 'maxAgeSeconds', null)
  expect(draft.isChanged).toBe(false)
  draft.chooseFor('load', 'maxAgeSeconds', null)
  expect(draft.wire.categories).toEqual([])
})

test('HistoryDraft sums up a category over all projects and lists those that only the settings name', () => {
  const categories = [{ name: 'gone', maxAgeSeconds: day, fullResolutionSeconds: null }]
  const { lines, cost } = new HistoryDraft(saved({ categories }))
  expect(lines.map(({ name }) => name)).toEqual(['load', 'memory', 'gone'])
  const [load, memory, gone] = lines.map(({ bytes }) => bytes)
  expect(load).toBeCloseTo(2 * (memory ?? 0))
  expect(gone).toBe(0)
  expect((load ?? 0) + (memory ?? 0)).toBeLessThan(cost.bytes)
})

test('HistoryDraft warns when saving deletes something', () => {
  const draft = new HistoryDraft(saved())
  draft.choose('maxAgeSeconds', 2 * year)
  expect(draft.deletes).toBe(false)
  draft.chooseFor('memory', 'maxAgeSeconds', year - day)
  expect(draft.deletes).toBe(true)
})

test('HistoryDraft leaves alone what nobody touched: points that are meant to be kept longer than anything', () => {
  const draft = new HistoryDraft(saved({ maxAgeSeconds: day, categories: [] }))
  expect(draft.kept()).toEqual({ maxAgeSeconds: day, fullResolutionSeconds: day })
  draft.choose('maxAgeSeconds', 7 * day)
  expect(draft.wire).toMatchObject({ maxAgeSeconds: 7 * day, fullResolutionSeconds: 14 * day })
  expect(draft.kept().fullResolutionSeconds).toBe(7 * day)
})
