import { expect, test, vi } from 'vitest'
import { takeKeeperRole } from '../../store/keeper-role.ts'
import { startChild, temporaryFile } from './temporary.ts'

test('takeKeeperRole() refuses a second process in one line, until the first is gone, even by kill -9', async () => {
  const file = temporaryFile()
  const first = startChild('role-taker.ts', [file])
  await vi.waitFor(() => expect(first.output()).toBe('taken\n'), { timeout: 10_000 })
  expect(() => takeKeeperRole(file)).toThrow(
    `Pocketstats already gathers into ${file}: stop the one that runs, or give this one another DatabaseDirectory.`,
  )

  first.child.kill('SIGKILL')
  await first.ended
  const role = takeKeeperRole(file)
  expect(() => takeKeeperRole(file)).toThrow('already gathers')
  role.release()
  takeKeeperRole(file).release()
})
