import { expect, test } from 'vitest'
import load from '../../../generator/gathers/load.ts'
import { fixtureMachine } from '../support/fixture.ts'

test('load reads the three averages with the number of cores as limit', async () => {
  expect(await load.read(fixtureMachine('desktop'))).toEqual({
    '1 min': { value: 1.52, max: 4 },
    '5 min': { value: 0.97, max: 4 },
    '15 min': { value: 0.63, max: 4 },
  })
})

test('load has no limit where the number of cores is unknown', async () => {
  expect(await load.read(fixtureMachine('board'))).toMatchObject({ '1 min': { value: 0.08 } })
  expect(await load.read(fixtureMachine('board'))).not.toHaveProperty(['1 min', 'max'])
})
