import { expect, test } from 'vitest'
import diskActivity from '../../../generator/gathers/disk-activity.ts'
import { fixtureMachine } from '../support/fixture.ts'

test('disk activity reads busy milliseconds of all milliseconds', async () => {
  const whole = 352113270
  expect(await diskActivity.read(fixtureMachine('desktop'))).toEqual({
    nvme0n1: { part: 901224, whole },
    sda: { part: 302110, whole },
  })
})
