import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { KeptFiles } from '../../generator/kept-files.ts'
import { temporaryFolder } from './support/temporary-store.ts'

test('KeptFiles reads a file as it is now, also one that was replaced or is longer than its room', () => {
  const file = join(temporaryFolder(), 'file')
  const files = new KeptFiles()
  const long = 'ä'.repeat(40_000)
  for (const text of ['first', long, '', 'second']) {
    writeFileSync(`${file}.new`, text)
    renameSync(`${file}.new`, file)
    // Empty files are taken for the kernel's, whose content comes when they are read; they are not replaced.
    if (text !== '') expect(files.read(file)).toBe(text)
  }
  expect(() => files.read(`${file}.none`)).toThrow('ENOENT')
})

test.skipIf(process.platform !== 'linux')('KeptFiles reads the kernel’s files anew each time', async () => {
  const files = new KeptFiles()
  const first = files.read('/proc/uptime')
  await new Promise((resolve) => setTimeout(resolve, 30))
  expect(Number.parseFloat(files.read('/proc/uptime'))).toBeGreaterThan(Number.parseFloat(first))
  expect(files.read('/proc/self/mountinfo')).toBe(readFileSync('/proc/self/mountinfo', 'utf8'))
  expect(files.read('/proc/cpuinfo').length).toBe(readFileSync('/proc/cpuinfo').length)
  const openFiles = (): number => readdirSync('/proc/self/fd').length
  const before = openFiles()
  for (let round = 0; round < 100; round++) files.read('/proc/loadavg')
  expect(openFiles()).toBe(before + 1)
})
