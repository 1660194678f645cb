import { expect, test } from 'vitest'
import storage from '../../../generator/gathers/storage.ts'
import { fixtureMachine } from '../support/fixture.ts'

const full = { value: 600 * 4096, max: 1000 * 4096 }

test('storage reads every real mount once, and leaves out one that hangs', async () => {
  expect(await storage.read(fixtureMachine('desktop'))).toEqual({
    '/': full,
    '/boot/efi': full,
    '/data': full,
    '/mnt/shared folder': full,
  })
})

test('storage leaves out a mount that has no size', async () => {
  const statfs = async () => ({ blocks: 0, bfree: 0, bsize: 4096, frsize: 4096 })
  expect(await storage.read(fixtureMachine('board', { statfs }))).toEqual({})
})
