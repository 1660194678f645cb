// How full and how busy uninterruptible power supplies are, by the daemon of Network UPS Tools.

import { gather } from '../gather.ts'
import { allUps, numberOf } from '../sources/ups.ts'

export default gather({
  title: 'UPS',
  order: 33,
  help: 'Charge and load of each uninterruptible power supply; on battery is 100 % while the power is out.',
  unit: '%',
  min: 0,
  max: 100,
  every: 10,
  each: 'power supply',
  options: {
    Server: {
      default: '',
      help: 'Host, or host:port, of the daemon upsd. Empty: this machine, where it has such a power supply.',
    },
  },
  async read(machine, { Server }) {
    const readings: Record<string, number> = {}
    for (const ups of (await allUps(machine, Server)) ?? []) {
      const [charge, load] = [numberOf(ups, 'battery.charge'), numberOf(ups, 'ups.load')]
      const status = ups.variables.get('ups.status')
      if (charge !== undefined) readings[`${ups.name} charge`] = charge
      if (load !== undefined) readings[`${ups.name} load`] = load
      if (status !== undefined)
        readings[`${ups.name} on battery`] = status.split(' ').includes('OB') ? 100 : 0
    }
    return readings
  },
})
