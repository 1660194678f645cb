// Processor time of a process and of those that it started and that have ended, as the kernel counts it; see
// proc_pid_stat(5).

import { readFileSync } from 'node:fs'

/** Ticks a second: fixed for programs on every Linux that we run on. */
const ticksPerSecond = 100

/** Seconds since the process began. */
export function processorSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The second field, the name in brackets, may have anything in it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
  return ticks / ticksPerSecond
}
