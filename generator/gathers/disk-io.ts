// Bytes read from and written to each disk, from /proc/diskstats (kernel document admin-guide/iostats).

import { gather } from '../gather.ts'
import { usedDisks } from '../sources/disks.ts'

export default gather({
  title: 'disk I/O',
  order: 7,
  help: 'What is read from and written to each disk.',
  unit: 'byte/s',
  kind: 'counter',
  min: 0,
  each: 'disk and direction',
  about: ({ disks = {} }) =>
    Object.entries(disks)
      .map(([device, model]) => `${device}: ${model}`)
      .join(', ') || undefined,
  read(machine) {
    const readings: Record<string, number> = {}
    for (const { name, bytesRead, bytesWritten } of usedDisks(machine) ?? []) {
      readings[`${name} read`] = bytesRead
      readings[`${name} written`] = bytesWritten
    }
    return readings
  },
  async fallback(si) {
    const total = await si.fsStats()
    return total && total.rx + total.wx > 0 ? { 'all read': total.rx, 'all written': total.wx } : null
  },
})
