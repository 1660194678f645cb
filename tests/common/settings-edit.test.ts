import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { overriddenBy, planChanges, planOf, type WholePlan } from '../../common/retention-settings.ts'
import { parseSettings } from '../../common/settings.ts'
import { editSettings } from '../../common/settings-edit.ts'

const day = 86_400
const planIn = (text: string): WholePlan => planOf(parseSettings({ text, file: 'settings.conf', env: {} }))
const saved = (text: string, plan: WholePlan): string => editSettings(text, planChanges(planIn(text), plan))

describe('editSettings()', () => {
  test('editSettings() changes a value where it stands and keeps everything else', () => {
    const text =
      '# mine\r\n[generator]\r\n  maxage: 7d   ; a week\r\n\r\n# Port = 1\r\n[Server]\r\nPort = 81\r\n'
    expect(editSettings(text, [{ section: 'Generator', key: 'MaxAge', value: '90d' }])).toBe(
      text.replace('7d', '90d'),
    )
  })

  test('editSettings() fills in an empty value', () => {
    const text = '[General]\nMachineName =\n'
    expect(editSettings(text, [{ section: 'General', key: 'MachineName', value: 'attic' }])).toBe(
      '[General]\nMachineName = attic\n',
    )
  })

  test('editSettings() changes the line that counts when a key stands there twice', () => {
    const text = '[Generator]\nMaxAge = 1d\nMaxAge = 2d\n'
    expect(editSettings(text, [{ section: 'Generator', key: 'MaxAge', value: '3d' }])).toBe(
      '[Generator]\nMaxAge = 1d\nMaxAge = 3d\n',
    )
  })

  test('editSettings() adds a line behind the last of its section, or behind the words at its beginning', () => {
    const add = (text: string) =>
      editSettings(text, [{ section: 'Retention', key: 'load', isName: true, value: '1d' }])
    expect(add('[Retention]\nmemory = 2d\n\n# next\n[Server]\n')).toBe(
      '[Retention]\nmemory = 2d\nload = 1d\n\n# next\n[Server]\n',
    )
    expect(add('[Retention]\n\n# Words.\n\n# next\n[Server]\n')).toBe(
      '[Retention]\n\n# Words.\nload = 1d\n\n# next\n[Server]\n',
    )
    expect(add('[Server]\nPort = 1\n\n\n')).toBe('[Server]\nPort = 1\n\n[Retention]\nload = 1d\n')
    expect(add('')).toBe('[Retention]\nload = 1d\n')
  })

  test('editSettings() takes away every line of a name', () => {
    const text = '[Retention]\nload = 1d\nmemory = 2d\nload = 3d\nLoad = 4d\n'
    expect(editSettings(text, [{ section: 'Retention', key: 'load', isName: true, value: null }])).toBe(
      '[Retention]\nmemory = 2d\nLoad = 4d\n',
    )
  })
})

const seconds = fc.oneof(
  fc.integer({ min: 60, max: 100 * 365 * day }),
  fc.constantFrom(3600, day, 7 * day, 365 * day),
  fc.double({ min: 60, max: 1e6, noNaN: true }).map((value) => Math.round(value * 1000) / 1000),
)
/** What the server lets through as a name: trimmed, without control characters. */
const name = fc
  .oneof(
    fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }),
    fc.string({ minLength: 1, maxLength: 8, unit: fc.constantFrom(...'a"#;=:[] \\,') }),
    fc.constantFrom('MaxAge', 'port', '__proto__', 'constructor', '"quoted"', 'Retention'),
  )
  .map((text) => text.replace(/\p{Cc}/gu, '').trim())
  .filter((text) => text !== '')
const plan: fc.Arbitrary<WholePlan> = fc.record({
  maxAgeSeconds: seconds,
  fullResolutionSeconds: seconds,
  overrides: fc
    .array(
      fc.tuple(
        name,
        fc.oneof(
          fc.record({ maxAgeSeconds: seconds }),
          fc.record({ fullResolutionSeconds: seconds }),
          fc.record({ maxAgeSeconds: seconds, fullResolutionSeconds: seconds }),
        ),
      ),
      { maxLength: 5 },
    )
    .map((entries) => Object.fromEntries(entries)),
})
const shipped = readFileSync(new URL('../../settings.conf', import.meta.url), 'utf8')
const text = fc.constantFrom(shipped, '', '[Generator]\r\nMaxAge = 1d\r\n', '\uFEFF[retention]\nload=1d')

describe('planChanges()', () => {
  test('planChanges() says in the file what was planned, and leaves every other line alone', () => {
    fc.assert(
      fc.property(text, plan, plan, (start, first, second) => {
        const once = saved(start, first)
        const twice = saved(once, second)
        expect(planIn(once)).toEqual(first)
        expect(planIn(twice)).toEqual(second)
        const ours = /^\s*(MaxAge|FullResolution)\s*=/i
        const before = start.split(/\r?\n/).filter((line) => !ours.test(line) && !/^load=/.test(line))
        const lines = new Set(twice.split(/\r?\n/))
        expect(before.filter((line) => !lines.has(line))).toEqual([])
      }),
    )
  })

  test('planChanges() asks for nothing when nothing changes', () => {
    const same = planIn(shipped)
    expect(planChanges(same, same)).toEqual([])
    expect(saved(shipped, same)).toBe(shipped)
  })

  test('planChanges() writes ages as people do', () => {
    const text = saved(shipped, {
      maxAgeSeconds: 730 * day,
      fullResolutionSeconds: 90 * day,
      overrides: { 'disk I/O': { maxAgeSeconds: 365 * day, fullResolutionSeconds: 3600 } },
    })
    expect(text).toContain('\nMaxAge = 2y\n')
    expect(text).toContain('\nFullResolution = 90d\n')
    expect(text).toMatch(/\ndisk I\/O = 1y, 1h\n$/)
  })
})

test('overriddenBy() names what in the environment would undo a change', () => {
  const before = planIn('')
  const changes = planChanges(before, { ...before, overrides: { load: { maxAgeSeconds: day } } })
  expect(overriddenBy(changes, { POCKETSTATS_GENERATOR_MAXAGE: '1d' })).toBeUndefined()
  expect(overriddenBy(changes, { POCKETSTATS_RETENTION: 'load = 2d' })).toBe('POCKETSTATS_RETENTION')
  const aged = planChanges(before, { ...before, maxAgeSeconds: day })
  expect(overriddenBy(aged, { POCKETSTATS_GENERATOR_MAXAGE: '1d' })).toBe('POCKETSTATS_GENERATOR_MAXAGE')
})
