import { expect, test } from 'vitest'
import networkPackets from '../../../generator/gathers/network-packets.ts'
import { fixtureMachine } from '../support/fixture.ts'

test('network packets reads packets each way, and what was lost either way', async () => {
  expect(await networkPackets.read(fixtureMachine('desktop'))).toMatchObject({
    'eth0 received': 6021344,
    'eth0 sent': 3120011,
    'eth0 dropped': 12,
    'eth0 errors': 0,
    'wlan0 received': 20112,
  })
})
