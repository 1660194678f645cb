import { expect, test } from 'vitest'
import softInterrupts from '../../../generator/gathers/soft-interrupts.ts'
import { fixtureMachine } from '../support/fixture.ts'

test('soft interrupts reads each kind, without the sum of all', async () => {
  expect(await softInterrupts.read(fixtureMachine('desktop'))).toEqual({
    'urgent tasks': 12,
    timers: 5021873,
    'packets sent': 31,
    'packets received': 1201211,
    disks: 502114,
    'polling of disks': 0,
    tasks: 90121,
    scheduling: 6210031,
    'precise timers': 0,
    RCU: 7128838,
  })
})
