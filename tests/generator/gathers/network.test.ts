import { expect, test } from 'vitest'
import { parseSettings } from '../../../common/settings.ts'
import network from '../../../generator/gathers/network.ts'
import { fixtureMachine } from '../support/fixture.ts'

test('network reads bytes by interface, without loopback, container cables and what was never used', async () => {
  expect(await network.read(fixtureMachine('desktop'))).toEqual({
    'eth0 received': { value: 8123456789 },
    'eth0 sent': { value: 912345678 },
    'wlan0 received': { value: 12345678 },
    'wlan0 sent': { value: 2345678 },
    'docker0 received': { value: 5000000 },
    'docker0 sent': { value: 7000000 },
  })
})

test('network takes MaxNetworkSpeed as the limit of every interface where it is set', async () => {
  const text = '[Generator]\nMaxNetworkSpeed = 5767168\n'
  const settings = parseSettings({ text, file: 'settings.conf', env: {} })
  expect(await network.read(fixtureMachine('desktop', { settings }))).toMatchObject({
    'eth0 received': { max: 5767168 },
    'wlan0 sent': { max: 5767168 },
  })
})
