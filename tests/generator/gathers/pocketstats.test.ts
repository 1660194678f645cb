import { expect, test } from 'vitest'
import pocketstats from '../../../generator/gathers/pocketstats.ts'
import { fixtureMachine, someStatistics } from '../support/fixture.ts'

test('pocketstats reads what our programs, our database and our gathers cost', async () => {
  expect(await pocketstats.read(fixtureMachine('desktop'))).toEqual({
    'generator memory': { value: 84992 * 1024, unit: 'byte' },
    'server memory': { value: 96000 * 1024, unit: 'byte' },
    'database size': { value: 5_000_000, unit: 'byte' },
    'rows written': { value: 1200, kind: 'counter', unit: { free: 'rows/s' } },
    'processors: time': { value: 0.0001 },
    'processors: success': { value: 1, unit: '', max: 1 },
    'storage: time': { value: 0.02 },
    'storage: success': { value: 0, unit: '', max: 1 },
  })
})

test('pocketstats does not take a stranger for a program of ours that is gone', async () => {
  const processes = [
    { name: 'generator', pid: 4323 },
    { name: 'server', pid: 9999 },
  ]
  const machine = fixtureMachine('desktop', { self: () => ({ ...someStatistics, processes }) })
  expect(await pocketstats.read(machine)).toMatchObject({
    'generator memory': { value: null, unit: 'byte' },
    'server memory': { value: null, unit: 'byte' },
  })
})

test('pocketstats keeps the places of what is not there yet', async () => {
  const self = () => ({
    ...someStatistics,
    gathers: [{ name: 'storage', last: null }, ...someStatistics.gathers.slice(0, 1)],
    processes: [{ name: 'generator', pid: 4321 }],
  })
  const readings = (await pocketstats.read(fixtureMachine('desktop', { self }))) ?? {}
  expect(Object.keys(readings)).toEqual([
    ...['generator memory', 'server memory', 'database size', 'rows written'],
    ...['storage: time', 'storage: success', 'processors: time', 'processors: success'],
  ])
  expect(readings).toMatchObject({
    'server memory': { value: null, unit: 'byte' },
    'storage: time': { value: null },
    'storage: success': { value: null, unit: '', max: 1 },
  })
})
