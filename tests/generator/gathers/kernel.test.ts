import { expect, test } from 'vitest'
import kernel from '../../../generator/gathers/kernel.ts'
import { fixtureMachine } from '../support/fixture.ts'

test('kernel reads the first number of each event, from two files', async () => {
  expect(await kernel.read(fixtureMachine('desktop'))).toEqual({
    'switches between programs': 98125012,
    interrupts: 52316210,
    'soft interrupts': 20154231,
    'programs started': 48213,
    'pages asked for': 812012331,
    'pages read from disk': 212044,
  })
})
