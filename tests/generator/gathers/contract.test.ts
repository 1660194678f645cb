// What every gather promises, kept by being in the folder.

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Gather, Readings } from '../../../generator/gather.ts'
import { loadGathers } from '../../../generator/load-gathers.ts'
import { Rates } from '../../../generator/rate.ts'
import { baseUnits } from '../../../generator/unit.ts'
import { fixtureMachine } from '../support/fixture.ts'

const folder = join(import.meta.dirname, '..', '..', '..', 'generator', 'gathers')
const { gathers, broken } = await loadGathers(folder)

/** As the host stores them: the second reading of the same counters, one second later. */
function valuesOf(gather: Gather, readings: Readings): Map<string, number> {
  const rates = new Rates({ kind: gather.kind, unit: gather.unit, everyMs: 1000 })
  rates.next(readings, { at: 0, boot: '' })
  const grown = Object.entries(readings).map(([label, reading]) => [
    label,
    typeof reading === 'object' && 'part' in reading ? { ...reading, whole: reading.whole + 100 } : reading,
  ])
  return rates.next(Object.fromEntries(grown), { at: 1000, boot: '' })
}

/** Whether it only keeps its row's place. */
const hasNone = (reading: Readings[string] | undefined): boolean =>
  typeof reading === 'object' && 'value' in reading && reading.value === null

test('every file in gathers/ is a gather', () => {
  expect(broken).toEqual([])
  expect(gathers).toHaveLength(readdirSync(folder).length)
})

/** What every machine has, with these two as examples. */
const everywhere = [
  ...[
    'processors',
    'load',
    'temperatures',
    'memory',
    'storage',
    'network',
    'disk I/O',
    'uptime',
    'pocketstats',
  ],
  ...[
    'processor time',
    'memory use',
    'processes',
    'kernel',
    'soft interrupts',
    'disk operations',
    'disk activity',
  ],
  ...['network packets', 'connections', 'TCP and UDP'],
]

test('the categories that every machine has come first, in the order of their cards', () => {
  const names = gathers.map(({ name }) => name)
  expect(names.filter((name) => everywhere.includes(name))).toEqual(everywhere)
  expect(names.slice(0, 9)).toEqual(everywhere.slice(0, 9))
  expect(new Set(names).size).toBe(names.length)
})

describe.each(gathers)('$name', ({ name: category, gather }) => {
  test('declares itself in words for people and a known unit', () => {
    expect(gather.help).toMatch(/^[A-Z].{15,}\.$/)
    expect(baseUnits).toContain(gather.unit)
    if (gather.min !== null && gather.max !== null) expect(gather.min).toBeLessThan(gather.max)
    expect((gather.series ?? []).length > 0 || (gather.each ?? '') !== '').toBe(true)
  })

  test.each(['desktop', 'board'])(
    'reads finite numbers of its series within their limits on the %s',
    async (name) => {
      const readings = (await gather.read(fixtureMachine(name))) ?? {}
      const values = valuesOf(gather, readings)
      expect([...values.keys()]).toEqual(Object.keys(readings).filter((label) => !hasNone(readings[label])))
      if (everywhere.includes(category)) expect(values.size).toBeGreaterThan(0)
      if (gather.series && values.size > 0) expect([...values.keys()]).toEqual(gather.series)
      for (const [label, value] of values) {
        const reading = readings[label]
        const { min = gather.min, max = null } = typeof reading === 'object' ? reading : {}
        expect(Number.isFinite(value), label).toBe(true)
        expect(label.length).toBeLessThanOrEqual(128)
        if (min !== null && gather.unit !== '°C') expect(value, label).toBeGreaterThanOrEqual(min)
        if (max !== null && gather.kind === 'gauge') expect(value, label).toBeLessThanOrEqual(max)
      }
    },
  )

  test('keeps no state: the same machine reads the same twice', async () => {
    const machine = fixtureMachine('desktop', {
      statfs: async () => ({ blocks: 9, bfree: 1, bsize: 512, frsize: 512 }),
    })
    expect(await gather.read(machine)).toEqual(await gather.read(machine))
  })

  test('says nothing, and does not fail, on a machine that has nothing of the kind', async () => {
    const self = () => ({ gathers: [], rowsWritten: 0, databaseBytes: 0, processes: [] })
    const readings = (await gather.read(fixtureMachine('none', { self }))) ?? {}
    for (const reading of Object.values(readings)) {
      if (!hasNone(reading)) expect(reading).toMatchObject({ value: 0 })
    }
  })
})
