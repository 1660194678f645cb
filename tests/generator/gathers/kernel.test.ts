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
    'pages swapped in': 3011,
    'pages swapped out': 265143,
    'pages freed in the background': 1202211,
    'pages freed while programs wait': 40,
    'programs killed for want of memory': 0,
  })
})
