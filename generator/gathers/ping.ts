// How long hosts that people name take to answer.

import { gather } from '../gather.ts'
import { pingAll } from '../sources/pings.ts'

export default gather({
  order: 15,
  help: 'Time until each host answers; a gap where it did not.',
  unit: 's',
  min: 0,
  every: 10,
  each: 'host',
  options: { Hosts: { default: [], help: 'Names or addresses of hosts to ask, separated by commas.' } },
  async read(machine, { Hosts }) {
    if (Hosts.length === 0) return null
    const pings = Object.entries(await pingAll(machine, Hosts))
    return Object.fromEntries(pings.map(([host, value]) => [host, { value }]))
  },
})
