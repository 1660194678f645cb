// What a process sent towards the disk, as the kernel counts it: pages made dirty, see proc_pid_io(5).

import { readFileSync } from 'node:fs'

/** Bytes since the process began. */
export function writtenBytes(pid: number | 'self' = 'self'): number {
  return Number(/^write_bytes: (\d+)$/m.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))?.[1] ?? 0)
}
