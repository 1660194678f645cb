// Frozen copies of other machines' /proc and /sys.

import { join } from 'node:path'
import { parseSettings } from '../../../common/settings.ts'
import {
  createMachine,
  type Machine,
  type MachineOptions,
  type SelfStatistics,
} from '../../../generator/machine.ts'
import type { StatFs } from '../../../generator/space.ts'

export const fixtures: string = join(import.meta.dirname, '..', '..', 'fixtures')

export const defaultSettings = parseSettings({ file: 'settings.conf', env: {} })

export const someStatistics: SelfStatistics = {
  gathers: [
    { name: 'processors', last: { seconds: 0.0001, good: true } },
    { name: 'storage', last: { seconds: 0.02, good: false } },
  ],
  rowsWritten: 1200,
  databaseBytes: 5_000_000,
  processes: [
    { name: 'generator', pid: 4321 },
    { name: 'server', pid: 4322 },
  ],
}

/** 1,000 blocks, of which 400 are free; `/mnt/gone` never answers. */
export const fixtureStatfs: StatFs = (path) =>
  path === '/mnt/gone'
    ? new Promise(() => {})
    : Promise.resolve({ blocks: 1000, bfree: 400, bsize: 4096, frsize: 4096 })

/** Where the fixture of that name (`proc-NAME`) is read. */
export const rootsOf = (name: string): { procRoot: string; sysRoot: string; statfs: StatFs } => ({
  procRoot: join(fixtures, `proc-${name}`, 'proc'),
  sysRoot: join(fixtures, `proc-${name}`, 'sys'),
  statfs: fixtureStatfs,
})

/** The machine that was frozen as `proc-NAME`: desktop, board, container; any other name has nothing at all. */
export function fixtureMachine(name: string, options: Partial<MachineOptions> = {}): Machine {
  return createMachine({
    settings: defaultSettings,
    clock: { now: () => 0, monotonic: () => 0 },
    self: () => someStatistics,
    ...rootsOf(name),
    ...options,
  })
}
