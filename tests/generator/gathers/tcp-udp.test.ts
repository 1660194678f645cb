import { expect, test } from 'vitest'
import tcpUdp from '../../../generator/gathers/tcp-udp.ts'
import { fixtureMachine } from '../support/fixture.ts'

test('TCP and UDP reads counters by the kernel’s names, wherever they stand', async () => {
  expect(await tcpUdp.read(fixtureMachine('desktop'))).toEqual({
    'TCP opened': 90312,
    'TCP accepted': 4120,
    'TCP failed': 8834,
    'TCP reset': 600,
    'TCP received': 5472065,
    'TCP sent': 2925942,
    'TCP sent again': 3309,
    'TCP damaged': 3,
    'TCP resets sent': 10472,
    'TCP timeouts': 640,
    'TCP accepts lost, queue full': 17,
    'TCP SYN cookies': 3,
    'TCP out of order': 196,
    'UDP received': 301221,
    'UDP sent': 120044,
    'UDP errors': 4,
    'UDP to nobody': 201,
    'IP received': 6501344,
    'IP sent': 3310011,
    'IP forwarded': 9000,
  })
})
