import { expect, test } from 'vitest'
import processes from '../../../generator/gathers/processes.ts'
import { fixtureMachine } from '../support/fixture.ts'

test('processes reads how many run, wait for a disk, and all threads', async () => {
  const readings = await processes.read(fixtureMachine('desktop'))
  expect(readings).toEqual({ running: 2, 'wait for a disk': 0, threads: 1187 })
})
