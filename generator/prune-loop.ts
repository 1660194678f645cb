// Has the store forget what is older than MaxAge, a few milliseconds at a time, so that no round waits for it.

import type { Clock } from '../common/clock.ts'
import { Problem } from '../common/problem.ts'
import type { Store } from '../store/types.ts'
import type { Sleep } from './sleep.ts'

export interface PruneLoopOptions {
  store: Pick<Store, 'prune'>
  clock: Clock
  sleep: Sleep
  signal: AbortSignal
  maxAgeSeconds: number
  log: (line: string) => void
}

const budgetMs = 5
const betweenStepsMs = 1000
const betweenLooksMs = 60_000

/** A clock that jumps ahead may be wrong: what would be too old then is kept so long, until it is put right. */
const doubtMs = 3_600_000
const jumpMs = 600_000

/** Prunes until the signal aborts: every second while there is more to do, otherwise once a minute. */
export async function pruneLoop({
  store,
  clock,
  sleep,
  signal,
  maxAgeSeconds,
  log,
}: PruneLoopOptions): Promise<void> {
  let offset = clock.now() - clock.monotonic()
  let doubtUntil = Number.NEGATIVE_INFINITY
  while (!signal.aborted) {
    const monotonic = clock.monotonic()
    const now = clock.now()
    if (now - monotonic - offset > jumpMs) doubtUntil = monotonic + doubtMs
    // Set back again: what follows is as good as what was before.
    if (offset - (now - monotonic) > jumpMs) doubtUntil = monotonic
    offset = now - monotonic
    const more = monotonic >= doubtUntil && attempt(() => store.prune({ now, maxAgeSeconds, budgetMs }), log)
    await sleep(more ? betweenStepsMs : betweenLooksMs, signal)
  }
}

/** False where the store cannot at present: it is tried again at the next look. */
function attempt(prune: () => boolean, log: (line: string) => void): boolean {
  try {
    return prune()
  } catch (error) {
    if (!(error instanceof Problem && error.code === 'unavailable')) {
      log(`generator: cannot prune: ${error instanceof Error ? (error.stack ?? error.message) : error}`)
    }
    return false
  }
}
