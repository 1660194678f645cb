import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { openStore } from '../../store/open.ts'
import { takeOver } from '../../store/take-over.ts'
import { openTemporary, startChild, temporaryFile } from './temporary.ts'

test('takeOver() is refused while another program has the database open, even a silent one', async () => {
  const file = temporaryFile()
  const store = openStore({ file })
  expect(takeOver(file)).toBe(false)
  store.close()
  expect(takeOver(file)).toBe(true)

  const writer = startChild('steady-writer.ts', [file])
  await expect.poll(writer.output, { timeout: 20_000 }).toBe('writes\n')
  expect(takeOver(file)).toBe(false)
  writer.child.kill('SIGKILL')
  await writer.ended
  expect(existsSync(`${file}-wal`)).toBe(true)
  expect(takeOver(file)).toBe(true)
  expect(existsSync(`${file}-wal`)).toBe(false)
  expect(openTemporary(file).latest('m')).toHaveLength(2)
})

test('takeOver() of a file that is not there is no trouble and makes none', () => {
  const file = temporaryFile()
  expect(takeOver(file)).toBe(true)
  expect(existsSync(file)).toBe(false)
})
