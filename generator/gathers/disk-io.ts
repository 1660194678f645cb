// Bytes read from and written to each disk, from /proc/diskstats (kernel document admin-guide/iostats).

import { gather } from '../gather.ts'

/** Whatever the disk's own sectors are, the kernel counts in these. */
const sectorBytes = 512

/** What is no disk, or lies on disks that are counted already. */
const notDisks = /^(loop|ram|zram|sr|fd|dm-|md|zd|nbd|drbd)\d/

/** The disk that a partition lies on, by the kernel's way to name them: sda1 on sda, nvme0n1p2 on nvme0n1. */
const diskOf = (name: string): string | undefined =>
  /^(?:(.*\d)p\d+|(.*\D)\d+)$/.exec(name)?.slice(1).join('')

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
    const table = machine.proc('diskstats')
    if (table === undefined) return null
    const devices = new Map<string, { read: number; written: number }>()
    for (const line of table.split('\n')) {
      const [, , name, , , read, , , , written] = line.trimStart().split(/ +/, 10)
      if (name === undefined || notDisks.test(name)) continue
      devices.set(name, { read: Number(read) * sectorBytes, written: Number(written) * sectorBytes })
    }
    const readings: Record<string, number> = {}
    for (const [name, { read, written }] of devices) {
      if (read + written === 0 || devices.has(diskOf(name) ?? '')) continue
      readings[`${name} read`] = read
      readings[`${name} written`] = written
    }
    return readings
  },
  async fallback(si) {
    const total = await si.fsStats()
    return total && total.rx + total.wx > 0 ? { 'all read': total.rx, 'all written': total.wx } : null
  },
})
