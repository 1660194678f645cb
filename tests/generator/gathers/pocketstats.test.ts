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
  const readings = await pocketstats.read(machine)
  expect(readings).not.toHaveProperty('generator memory')
  expect(readings).not.toHaveProperty('server memory')
})
