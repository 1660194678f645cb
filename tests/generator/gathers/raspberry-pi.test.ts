import { expect, test } from 'vitest'
import raspberryPi from '../../../generator/gathers/raspberry-pi.ts'
import { madeMachine } from '../support/made-machine.ts'

test('Raspberry Pi reads what holds at present, not what was since the start', async () => {
  const machine = madeMachine({ 'sys/devices/platform/soc/soc:firmware/get_throttled': '50005\n' })
  expect(await raspberryPi.read(machine)).toEqual({
    'too little voltage': 100,
    'frequency limited': 0,
    throttled: 100,
    'too warm': 0,
  })
})

test('Raspberry Pi finds the firmware of models whose devices have addresses in their names', async () => {
  const machine = madeMachine({
    'sys/devices/platform/soc@107c000000/soc@107c000000:firmware/get_throttled': '8\n',
  })
  expect(await raspberryPi.read(machine)).toMatchObject({ throttled: 0, 'too warm': 100 })
})

test('Raspberry Pi has nothing to say on another machine', async () => {
  expect(await raspberryPi.read(madeMachine({ 'sys/devices/platform/pcspkr/uevent': '' }))).toBeNull()
})
