import { expect, test } from 'vitest'
import processors from '../../../generator/gathers/processors.ts'
import { fixtureMachine } from '../support/fixture.ts'

test('processors reads busy and all ticks of every core, guests counted once, waiting for a disk as idle', async () => {
  const busy = 181740 + 5930 + 60310 + 2360 + 100
  const readings = await processors.read(fixtureMachine('desktop'))
  expect(Object.keys(readings ?? {})).toEqual(['total', 'core 0', 'core 1', 'core 2', 'core 3'])
  expect(readings).toMatchObject({
    total: { part: busy, whole: busy + 2914720 + 10910 },
    'core 1': { part: 43220 + 1480 + 14100 + 310 + 30, whole: 59140 + 731010 + 2510 },
  })
})

test('processors reads a machine with one core', async () => {
  const share = { part: 1500, whole: 9600 }
  expect(await processors.read(fixtureMachine('board'))).toEqual({ total: share, 'core 0': share })
})
