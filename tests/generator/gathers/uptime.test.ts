import { expect, test } from 'vitest'
import uptime from '../../../generator/gathers/uptime.ts'
import { fixtureMachine } from '../support/fixture.ts'

test('uptime reads seconds', async () => {
  expect(await uptime.read(fixtureMachine('desktop'))).toEqual({ running: 352113.27 })
})
