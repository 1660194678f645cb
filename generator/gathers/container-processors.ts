// How much of the processor each container uses.

import { gather, type Reading } from '../gather.ts'
import { runningContainers } from '../sources/containers.ts'

/** Nanoseconds that are one percent of one core for one second. */
const nsPerPercent = 1e7

export default gather({
  order: 11,
  help: 'Processor time of each Docker or Podman container; 100 % is one core.',
  unit: '%',
  kind: 'counter',
  min: 0,
  every: 10,
  each: 'container',
  async read(machine) {
    const cores = machine.cores()
    const limit = cores === undefined ? {} : { max: cores * 100 }
    const readings: Record<string, Reading> = {}
    for (const { name, processorNs } of (await runningContainers(machine)) ?? []) {
      if (processorNs !== undefined) readings[name] = { value: processorNs / nsPerPercent, ...limit }
    }
    return readings
  },
})
