import { expect, test } from 'vitest'
import pressure from '../../../generator/gathers/pressure.ts'
import { fixtureMachine } from '../support/fixture.ts'

test('pressure reads the time waited as a share of the time passed, in microseconds, and nothing on an old kernel', async () => {
  const whole = 352113.27 * 1e6
  expect(await pressure.read(fixtureMachine('desktop'))).toEqual({
    'some wait for processor': { part: 8842120331, whole },
    'some wait for memory': { part: 402112, whole },
    'all wait for memory': { part: 310021, whole },
    'some wait for disks': { part: 412012311, whole },
    'all wait for disks': { part: 380012205, whole },
  })
  expect(await pressure.read(fixtureMachine('board'))).toEqual({})
})
