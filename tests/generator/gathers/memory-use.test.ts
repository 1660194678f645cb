import { expect, test } from 'vitest'
import memoryUse from '../../../generator/gathers/memory-use.ts'
import { fixtureMachine } from '../support/fixture.ts'

test('memory use reads in bytes what this kernel counts', async () => {
  expect(await memoryUse.read(fixtureMachine('desktop'))).toMatchObject({
    programs: 4410032 * 1024,
    'files, cached': 7103960 * 1024,
    'kernel, cannot be freed': 209896 * 1024,
    'being written': 0,
    free: 2511764 * 1024,
  })
  expect(await memoryUse.read(fixtureMachine('board'))).toEqual({
    'files, cached': 200000 * 1024,
    'disks, cached': 20000 * 1024,
    free: 120000 * 1024,
  })
})
