// How full a mounted file system is. The server of a network mount may be gone, and then asking blocks for ever:
// so each is asked in the background, for a limited time, and not again before the last question is answered.

import type { StatsFs } from 'node:fs'
import { statfs as statfsOfNode } from 'node:fs/promises'
import { type Sleep, sleep as sleepReally } from './sleep.ts'

/** Bytes. `free` counts what is kept back for root too, as `used` does not. */
export interface Space {
  readonly total: number
  readonly free: number
}

export type StatFs = (path: string) => Promise<Pick<StatsFs, 'blocks' | 'bfree' | 'bsize' | 'frsize'>>

const patienceMs = 150

/** Returns null for a mount that cannot be asked, or has not answered in time. */
export function spaceReader({
  statfs = statfsOfNode,
  sleep = sleepReally,
}: {
  statfs?: StatFs | undefined
  sleep?: Sleep | undefined
} = {}): (mountPoint: string) => Promise<Space | null> {
  const asking = new Set<string>()

  async function ask(mountPoint: string): Promise<Space | null> {
    asking.add(mountPoint)
    try {
      const { blocks, bfree, bsize, frsize } = await statfs(mountPoint)
      const unit = frsize || bsize
      return { total: blocks * unit, free: bfree * unit }
    } catch {
      return null
    } finally {
      asking.delete(mountPoint)
    }
  }

  return async (mountPoint) => {
    if (asking.has(mountPoint)) return null
    const patience = new AbortController()
    const tooLong = sleep(patienceMs, patience.signal).then(() => null)
    const space = await Promise.race([ask(mountPoint), tooLong])
    patience.abort()
    return space
  }
}
