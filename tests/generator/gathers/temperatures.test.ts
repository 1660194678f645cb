import { expect, test } from 'vitest'
import temperatures from '../../../generator/gathers/temperatures.ts'
import { fixtureMachine } from '../support/fixture.ts'

test('temperatures reads every sensor under a name of its own and leaves out the broken ones', async () => {
  expect(await temperatures.read(fixtureMachine('desktop'))).toEqual({
    'nvme0 Composite': 38.85,
    'nvme0 Sensor 1': 41.85,
    'nvme1 Composite': 36,
    'nct6775 SYSTIN': 33,
    'coretemp Package id 0': 52,
    'coretemp Core 0': 49,
    'coretemp Core 1': 51.5,
    'coretemp Core 3': 48,
    jc42: 40.25,
    'jc42 2': 41,
  })
})

test('temperatures reads the thermal zones where there is no hardware monitor', async () => {
  expect(await temperatures.read(fixtureMachine('board'))).toEqual({
    'cpu-thermal': 47.236,
    'gpu-thermal': 46,
  })
})

test('temperatures has nothing to say on a machine without sensors', async () => {
  expect(await temperatures.read(fixtureMachine('none'))).toEqual({})
})
