import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sizeOf } from '../../../generator/sources/file-size.ts'
import { temporaryFolder } from '../support/temporary-store.ts'

test('sizeOf() refuses a folder of too many files, wherever they are in it', async () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'in'))
  for (const name of ['a', 'b', 'in/c', 'in/d']) writeFileSync(join(folder, name), '1234567')
  expect(await sizeOf(folder, 5)).toBe(28)
  await expect(sizeOf(folder, 4)).rejects.toThrow(`${folder} has more than 4 files: name a smaller folder`)
})
