// How much of the time each disk has something to do, from /proc/diskstats (kernel document admin-guide/iostats).

import { gather, type Share } from '../gather.ts'
import { usedDisks } from '../sources/disks.ts'

export default gather({
  order: 26,
  help: 'Share of the time in which each disk has something to do; one that serves many at once may do more at 100 %.',
  unit: '%',
  kind: 'counter',
  min: 0,
  max: 100,
  each: 'disk',
  read(machine) {
    const upSeconds = Number.parseFloat(machine.proc('uptime') ?? '')
    if (Number.isNaN(upSeconds)) return null
    const readings: Record<string, Share> = {}
    for (const { name, busyMs } of usedDisks(machine) ?? []) {
      readings[name] = { part: busyMs, whole: Math.round(upSeconds * 1000) }
    }
    return readings
  },
})
