// How long the power supplies of the gather `ups` would hold.

import { gather } from '../gather.ts'
import { allUps, numberOf } from '../sources/ups.ts'

export default gather({
  title: 'UPS runtime',
  order: 34,
  help: 'How long each uninterruptible power supply would hold with its present load, as it reckons itself.',
  unit: 's',
  min: 0,
  every: 10,
  each: 'power supply',
  alerts: [{ below: 300, text: 'The power supply would hold for less than five minutes.' }],
  async read(machine) {
    const readings: Record<string, number> = {}
    for (const ups of (await allUps(machine)) ?? []) {
      const seconds = numberOf(ups, 'battery.runtime')
      if (seconds !== undefined) readings[ups.name] = seconds
    }
    return readings
  },
})
