// How many of the pings of the gather `ping` have no answer.

import { gather } from '../gather.ts'
import { newestPings } from '../sources/pings.ts'

export default gather({
  order: 16,
  help: 'Pings without an answer: 100 % or 0 % each time, over longer times their share. Its hosts are those of ping.',
  unit: '%',
  min: 0,
  max: 100,
  every: 10,
  each: 'host',
  alerts: [{ above: 50, seconds: 60, text: 'A host does not answer.' }],
  async read(machine) {
    const pings = await newestPings(machine)
    return (
      pings &&
      Object.fromEntries(Object.entries(pings).map(([host, value]) => [host, value === null ? 100 : 0]))
    )
  },
})
