// How long the machine has been running, from /proc/uptime (proc_uptime(5)).

import { uptime } from 'node:os'
import { gather } from '../gather.ts'

export default gather({
  order: 8,
  help: 'Time since the machine was started.',
  unit: 's',
  min: 0,
  graph: false,
  every: 10,
  series: ['running'],
  about: ({ system }) => system,
  read(machine) {
    const text = machine.proc('uptime')
    return text === undefined ? null : { running: Number.parseFloat(text) }
  },
  fallback: () => ({ running: uptime() }),
})
