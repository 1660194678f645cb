// The generator with 60 made-up series in a process of its own, in real time or as fast as it can; tells its parent
// what that cost. Options come as JSON in the first argument.

import { join } from 'node:path'
import { parseSettings } from '../../common/settings.ts'
import { createGenerator } from '../../generator/generator.ts'
import { sleep } from '../../generator/sleep.ts'
import { openAppStore } from '../../store/app.ts'
import { openStore } from '../../store/open.ts'
import { systemClock } from '../../store/system-clock.ts'
import { databaseFile, project } from './ours.ts'
import { type StoreCosts, timedStore } from './timed-store.ts'
import { VirtualTime } from './virtual-time.ts'
import { writtenBytes } from './written-bytes.ts'

export interface GeneratorRun {
  folder: string
  /** Time that passes before measuring begins, and while measuring. */
  warmSeconds: number
  seconds: number
  maxAgeSeconds: number
  /** Somebody looks: every round is committed by itself. */
  isWatched: boolean
  /** Start of the virtual clock (ms); null: real time. */
  virtualStart: number | null
  /** After a virtual run, so many seconds go by at their real pace, for memory to come to rest. */
  calmSeconds?: number
}

export interface GeneratorCosts extends StoreCosts {
  rounds: number
  /** Longest stretch of work that kept the clock from its next round; 0 in real time. */
  longestStretchMs: number
  /** Resident memory at the end. */
  residentBytes: number
  /** Bytes that this process sent towards the disk while measured. */
  writtenBytes: number
}

const run: GeneratorRun = JSON.parse(process.argv[2] ?? '{}')
const { folder, warmSeconds, seconds, maxAgeSeconds, isWatched, virtualStart, calmSeconds = 0 } = run
const settings = parseSettings({
  file: 'settings of the benchmark',
  env: { POCKETSTATS_GENERATOR_MAXAGE: `${maxAgeSeconds}` },
})
const appStore = openAppStore({ file: join(folder, 'app.db') })
const { store, costs, reset } = timedStore(openStore({ file: databaseFile(folder) }))
const virtual = virtualStart === null ? null : new VirtualTime(virtualStart)
const stop = new AbortController()
const generator = await createGenerator({
  settings,
  store,
  project,
  clock: virtual?.clock ?? systemClock,
  sleep: virtual?.sleep ?? sleep,
  log: (line) => console.error(line),
  gathers: join(import.meta.dirname, 'gathers'),
  processes: () => appStore.processes(),
  isWatched: () => isWatched,
  facts: () => new Promise(() => {}),
})

const done = generator.run(stop.signal)
let longestStretchMs = 0
await pass(warmSeconds)
reset()
const writtenBefore = writtenBytes()
longestStretchMs = 0
await pass(seconds)
const measured = {
  ...costs(),
  rounds: seconds,
  longestStretchMs,
  writtenBytes: writtenBytes() - writtenBefore,
}
for (let second = 0; second < calmSeconds; second++) {
  await sleep(1000)
  await virtual?.pass(1000)
}
const answer: GeneratorCosts = { ...measured, residentBytes: process.memoryUsage.rss() }
stop.abort()
await done
store.close()
appStore.close()
process.send?.(answer, () => process.exit(0))

async function pass(passSeconds: number): Promise<void> {
  if (!virtual) return sleep(passSeconds * 1000)
  await virtual.pass(passSeconds * 1000, (tookMs) => {
    longestStretchMs = Math.max(longestStretchMs, tookMs)
  })
}
