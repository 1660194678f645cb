// Which of the devices in /proc/diskstats are whole disks that were used (kernel document admin-guide/iostats):
// partitions, memory and layers on other disks are counted there as well.

import type { Machine } from '../machine.ts'
import { eachLine, numbersFrom } from '../proc-text.ts'
import { parsedOnce } from './parsed-once.ts'

/** Counters since the start of the machine. */
export interface Disk {
  readonly name: string
  readonly reads: number
  readonly bytesRead: number
  readonly writes: number
  readonly bytesWritten: number
  /** Milliseconds in which it had something to do. */
  readonly busyMs: number
}

/** Whatever the disk's own sectors are, the kernel counts in these. */
const sectorBytes = 512

/** What is no disk, or lies on disks that are counted already. */
const notDisks = /^(loop|ram|zram|sr|fd|dm-|md|zd|nbd|drbd)\d/

/** The disk that a partition lies on, by the kernel's way to name them: sda1 on sda, nvme0n1p2 on nvme0n1. */
const diskOf = (name: string): string | undefined =>
  /^(?:(.*\d)p\d+|(.*\D)\d+)$/.exec(name)?.slice(1).join('')

/** In the kernel's order; undefined where there is no such table. */
export function usedDisks(machine: Pick<Machine, 'proc'>): readonly Disk[] | undefined {
  const table = machine.proc('diskstats')
  return table === undefined ? undefined : disksIn(table)
}

const disksIn = parsedOnce((table): readonly Disk[] => {
  const disks = new Map<string, Disk>()
  eachLine(table, (start, end) => {
    const disk = parse(table, start, end)
    if (disk) disks.set(disk.name, disk)
  })
  return [...disks.values()].filter(
    ({ name, bytesRead, bytesWritten }) => bytesRead + bytesWritten > 0 && !disks.has(diskOf(name) ?? ''),
  )
})

function parse(table: string, start: number, end: number): Disk | undefined {
  // Two numbers of the device, each with blanks before it, stand before its name.
  const words = /\s*\d+\s+\d+ (\S+) /y
  words.lastIndex = start
  const name = words.exec(table)?.[1]
  if (name === undefined || words.lastIndex > end || notDisks.test(name)) return undefined
  const [reads = 0, , sectorsRead = 0, , writes = 0, , sectorsWritten = 0, , , busyMs = 0] = numbersFrom(
    table,
    words.lastIndex,
    10,
  )
  return {
    ...{ name, reads, writes, busyMs },
    bytesRead: sectorsRead * sectorBytes,
    bytesWritten: sectorsWritten * sectorBytes,
  }
}
