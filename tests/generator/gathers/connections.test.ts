import { expect, test } from 'vitest'
import connections from '../../../generator/gathers/connections.ts'
import { fixtureMachine } from '../support/fixture.ts'

test('connections reads those of TCP and UDP, and all sockets', async () => {
  expect(await connections.read(fixtureMachine('desktop'))).toEqual({
    'TCP open': 27,
    'TCP about to end': 12,
    'TCP without a program': 1,
    UDP: 14,
    'TCP over IPv6': 8,
    'UDP over IPv6': 5,
    sockets: 1402,
  })
})
