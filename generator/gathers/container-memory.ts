// How much memory each container uses.

import { gather, type Reading } from '../gather.ts'
import { numberAfter } from '../proc-text.ts'
import { runningContainers } from '../sources/containers.ts'

export default gather({
  order: 12,
  help: 'Memory of each Docker or Podman container, without files that would be given up; the limit is what it may use.',
  unit: 'byte',
  min: 0,
  every: 10,
  each: 'container',
  async read(machine) {
    const containers = (await runningContainers(machine)) ?? []
    const all = (numberAfter(machine.proc('meminfo') ?? '', 'MemTotal:') ?? Number.POSITIVE_INFINITY) * 1024
    const readings: Record<string, Reading> = {}
    for (const { name, memoryBytes, memoryLimitBytes } of containers) {
      if (memoryBytes === undefined) continue
      // Without a limit of its own it is told all of the machine's memory, or more.
      const isLimited = memoryLimitBytes !== undefined && memoryLimitBytes > 0 && memoryLimitBytes < all
      readings[name] = { value: memoryBytes, ...(isLimited && { max: memoryLimitBytes }) }
    }
    return readings
  },
})
