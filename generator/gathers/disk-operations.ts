// How often each disk is read and written, from /proc/diskstats (kernel document admin-guide/iostats).

import { gather } from '../gather.ts'
import { usedDisks } from '../sources/disks.ts'

export default gather({
  order: 25,
  help: 'How often a second each disk is read and written.',
  unit: '1/s',
  kind: 'counter',
  min: 0,
  each: 'disk and direction',
  read(machine) {
    const readings: Record<string, number> = {}
    for (const { name, reads, writes } of usedDisks(machine) ?? []) {
      readings[`${name} reads`] = reads
      readings[`${name} writes`] = writes
    }
    return readings
  },
})
