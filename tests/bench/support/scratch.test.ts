import { existsSync, mkdirSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderBytes, removeFolder, scratchFolder } from '../../../bench/support/scratch.ts'

test('folderBytes() sums up files in folders in folders, without their holes', () => {
  const folder = scratchFolder('test')
  mkdirSync(join(folder, 'a', 'b'), { recursive: true })
  writeFileSync(join(folder, 'one'), 'x'.repeat(100))
  writeFileSync(join(folder, 'a', 'b', 'two'), 'x'.repeat(23))
  writeFileSync(join(folder, 'hollow'), '')
  truncateSync(join(folder, 'hollow'), 50_000_000)
  expect(folderBytes(folder)).toBe(123)
  removeFolder(folder)
  expect(existsSync(folder)).toBe(false)
})

test('folderBytes() of a folder that is gone is nothing', () => {
  expect(folderBytes('/no/such/folder')).toBe(0)
})
