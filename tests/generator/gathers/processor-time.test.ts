import { expect, test } from 'vitest'
import processorTime from '../../../generator/gathers/processor-time.ts'
import { fixtureMachine } from '../support/fixture.ts'

test("processor time reads what all cores' ticks went into, guests counted once", async () => {
  const whole = 181740 + 5930 + 60310 + 2914720 + 10910 + 2360 + 100
  expect(await processorTime.read(fixtureMachine('desktop'))).toEqual({
    programs: { part: 181740, whole },
    'low priority': { part: 5930, whole },
    system: { part: 60310, whole },
    'waiting for disks': { part: 10910, whole },
    interrupts: { part: 0, whole },
    'soft interrupts': { part: 2360, whole },
    stolen: { part: 100, whole },
  })
})
