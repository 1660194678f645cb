// Processor time of a process, all its threads together, to the nanosecond; see the kernel document
// scheduler/sched-stats. Threads that ended are not in it: those of whom we measure stay.

import { readdirSync, readFileSync } from 'node:fs'

/** Seconds since the process began. */
export function processorSeconds(pid: number): number {
  const tasks = `/proc/${pid}/task`
  return readdirSync(tasks).reduce((sum, task) => sum + nanoseconds(`${tasks}/${task}/schedstat`), 0) / 1e9
}

function nanoseconds(file: string): number {
  try {
    return Number.parseInt(readFileSync(file, 'utf8'), 10)
  } catch {
    // A thread that has just ended.
    return 0
  }
}
