// What memory is used for, from /proc/meminfo (proc_meminfo(5)).

import { gather } from '../gather.ts'
import { numberAfter } from '../proc-text.ts'

const kinds = {
  programs: 'AnonPages:',
  'files, cached': 'Cached:',
  'disks, cached': 'Buffers:',
  'files in use': 'Mapped:',
  'shared between programs': 'Shmem:',
  'kernel, can be freed': 'SReclaimable:',
  'kernel, cannot be freed': 'SUnreclaim:',
  'page tables': 'PageTables:',
  'kernel stacks': 'KernelStack:',
  'locked in memory': 'Mlocked:',
  'in huge pages': 'AnonHugePages:',
  'to be written': 'Dirty:',
  'being written': 'Writeback:',
  'used not long ago': 'Active:',
  'not used for long': 'Inactive:',
  'promised to programs': 'Committed_AS:',
  free: 'MemFree:',
} as const

export default gather({
  order: 22,
  help: 'What memory is used for; cached is given up when programs need it, and some is counted in two rows.',
  unit: 'byte',
  min: 0,
  each: 'use',
  read(machine) {
    const meminfo = machine.proc('meminfo')
    if (meminfo === undefined) return null
    const readings: Record<string, number> = {}
    for (const [label, key] of Object.entries(kinds)) {
      const kilobytes = numberAfter(meminfo, key)
      if (kilobytes !== undefined) readings[label] = kilobytes * 1024
    }
    return readings
  },
})
