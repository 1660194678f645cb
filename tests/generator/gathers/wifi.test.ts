import { expect, test } from 'vitest'
import wifi from '../../../generator/gathers/wifi.ts'
import { madeMachine } from '../support/made-machine.ts'

const heading = `Inter-| sta-|   Quality        |   Discarded packets               | Missed | WE
 face | tus | link level noise |  nwid  crypt   frag  retry   misc | beacon | 22
`

test('Wi-Fi reads the quality of every wireless interface in percent', async () => {
  const table = `${heading} wlan0: 0000   49.  -61.  -256        0      0      0      0      0        0
wlp3s0: 0000   70.  -40.  -256        0      0      0    230   4021        0
`
  expect(await wifi.read(madeMachine({ 'proc/net/wireless': table }))).toEqual({ wlan0: 70, wlp3s0: 100 })
})

test('Wi-Fi has nothing to say where there is no wireless interface', async () => {
  expect(await wifi.read(madeMachine({ 'proc/net/wireless': heading }))).toEqual({})
  expect(await wifi.read(madeMachine({}))).toBeNull()
})
