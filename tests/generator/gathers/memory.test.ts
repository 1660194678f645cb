import { expect, test } from 'vitest'
import memory from '../../../generator/gathers/memory.ts'
import { fixtureMachine } from '../support/fixture.ts'

test('memory reads what is used of memory and swap, in bytes', async () => {
  expect(await memory.read(fixtureMachine('desktop'))).toEqual({
    RAM: { value: (16303428 - 9874312) * 1024, max: 16303428 * 1024 },
    swap: { value: (8388604 - 7340028) * 1024, max: 8388604 * 1024 },
  })
})

test('memory estimates on an old kernel what is available, and has no swap where there is none', async () => {
  expect(await memory.read(fixtureMachine('board'))).toEqual({
    RAM: { value: (498688 - 340000) * 1024, max: 498688 * 1024 },
  })
})
