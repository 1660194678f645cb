// Whether the firmware of a Raspberry Pi slows it down, for want of power or cooling, as its driver tells the kernel.
// https://www.raspberrypi.com/documentation/computers/os.html#get_throttled

import { gather } from '../gather.ts'
import type { Machine } from '../machine.ts'

const platform = 'devices/platform'

/** Bits of the present; sixteen further left stand those of the past. */
const states = {
  'too little voltage': 1 << 0,
  'frequency limited': 1 << 1,
  throttled: 1 << 2,
  'too warm': 1 << 3,
} as const

/** The firmware's place among the devices: `soc/soc:firmware`, on later models with an address in both names. */
async function throttled(machine: Machine): Promise<string | undefined> {
  for (const soc of (await machine.folder(platform)).filter((name) => name.startsWith('soc'))) {
    for (const device of await machine.folder(`${platform}/${soc}`)) {
      if (device.endsWith(':firmware')) return machine.sensor(`${platform}/${soc}/${device}/get_throttled`)
    }
  }
  return undefined
}

export default gather({
  title: 'Raspberry Pi',
  order: 32,
  help: 'Whether the board is slowed down, and why: 100 % while it is, over longer times the share of the time.',
  unit: '%',
  min: 0,
  max: 100,
  every: 5,
  each: 'reason',
  alerts: [
    { series: 'too little voltage', above: 0, text: 'The power supply or its cable is too weak.' },
    { series: 'too warm', above: 0, seconds: 60, text: 'The board needs cooling.' },
  ],
  async read(machine) {
    const bits = Number.parseInt((await throttled(machine)) ?? '', 16)
    if (Number.isNaN(bits)) return null
    return Object.fromEntries(Object.entries(states).map(([name, bit]) => [name, bits & bit ? 100 : 0]))
  },
})
