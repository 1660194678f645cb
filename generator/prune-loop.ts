// Has the store look after its history and forget what the settings do not keep, a few milliseconds at a time, so that
// no round waits for it.

import type { Clock } from '../common/clock.ts'
import { Problem } from '../common/problem.ts'
import type { RetentionPlan } from '../common/retention-cost.ts'
import type { Store } from '../store/types.ts'
import { overrideCheck } from './override-check.ts'
import type { Sleep } from './sleep.ts'

export interface PruneLoopOptions {
  store: Pick<Store, 'prune' | 'projects' | 'catalogue'>
  clock: Clock
  sleep: Sleep
  signal: AbortSignal
  /** What is kept, the same object until that changes; asked every few seconds. */
  retention: () => RetentionPlan
  log: (line: string) => void
}

const budgetMs = 5
const betweenStepsMs = 1000
const betweenLooksMs = 60_000
/** A changed plan is carried out after so long at most. */
const betweenGlancesMs = 5000

/** A clock that jumps ahead may be wrong: what would be too old then is kept so long, until it is put right. */
const doubtMs = 3_600_000
const jumpMs = 600_000

/** Prunes until the signal aborts: every second while there is more to do, otherwise once a minute. */
export async function pruneLoop(options: PruneLoopOptions): Promise<void> {
  const { store, clock, signal, retention, log } = options
  const check = overrideCheck(store, log)
  let offset = clock.now() - clock.monotonic()
  let doubtUntil = Number.NEGATIVE_INFINITY
  while (!signal.aborted) {
    const monotonic = clock.monotonic()
    const now = clock.now()
    if (now - monotonic - offset > jumpMs) doubtUntil = monotonic + doubtMs
    // Set back again: what follows is as good as what was before.
    if (offset - (now - monotonic) > jumpMs) doubtUntil = monotonic
    offset = now - monotonic
    const plan = retention()
    const prune = () => store.prune({ now, ...plan, budgetMs })
    const more = monotonic >= doubtUntil && attempt(prune, log)
    await pause(options, plan, more ? betweenStepsMs : betweenLooksMs)
    attempt(() => check(plan), log)
  }
}

/** Waits, but not on when the plan changes. */
async function pause(
  { clock, sleep, signal, retention }: PruneLoopOptions,
  plan: RetentionPlan,
  ms: number,
): Promise<void> {
  const end = clock.monotonic() + ms
  for (let left = ms; left > 0 && !signal.aborted; left = end - clock.monotonic()) {
    await sleep(Math.min(left, betweenGlancesMs), signal)
    if (retention() !== plan) return
  }
}

/** Undefined where the store cannot at present: it is tried again at the next look. */
function attempt<T>(work: () => T, log: (line: string) => void): T | undefined {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof Problem && error.code === 'unavailable')) {
      log(`generator: cannot prune: ${error instanceof Error ? (error.stack ?? error.message) : error}`)
    }
    return undefined
  }
}
