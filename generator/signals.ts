// What the generator hears from the server and tells it, through app.db. Neither is worth a point: where app.db
// cannot be asked or written, gathering goes on.

import type { Clock } from '../common/clock.ts'
import { Problem } from '../common/problem.ts'
import type { AppStore } from '../store/app-types.ts'
import type { GeneratorOptions } from './generator.ts'

/** A mark further ahead (ms) was made before the clock was set back; nobody renews it. */
const farthestMs = 60_000

/** Whether a phone looks, and where to say why nothing can be stored. */
export function signalsOf(
  appStore: Pick<AppStore, 'watchedUntil' | 'setStorageProblem'>,
  clock: Clock,
): Required<Pick<GeneratorOptions, 'isWatched' | 'noteProblem'>> {
  return {
    isWatched() {
      const leftMs = unlessUnavailable(() => appStore.watchedUntil() - clock.now())
      return leftMs === undefined || (leftMs > 0 && leftMs <= farthestMs)
    },
    noteProblem: (reason) => unlessUnavailable(() => appStore.setStorageProblem(reason)),
  }
}

function unlessUnavailable<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    if (error instanceof Problem && error.code === 'unavailable') return undefined
    throw error
  }
}
