// A day in a minute: a clock that jumps to the next moment for which somebody sleeps, so that the generator does a
// day's work as fast as the machine can, and how long each stretch of that work kept the clock waiting is known.

import { setImmediate as turn } from 'node:timers/promises'
import type { Clock } from '../../common/clock.ts'
import type { Sleep } from '../../generator/sleep.ts'

interface Sleeper {
  wakeAt: number
  wake: () => void
}

export class VirtualTime {
  readonly clock: Clock
  readonly sleep: Sleep
  #elapsed = 0
  readonly #sleepers = new Set<Sleeper>()

  /** The clock begins at `start` (ms since 1970). */
  constructor(start: number) {
    this.clock = { now: () => start + this.#elapsed, monotonic: () => this.#elapsed }
    this.sleep = (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve()
        const sleeper = { wakeAt: this.#elapsed + Math.max(0, ms), wake: () => end() }
        const end = (): void => {
          this.#sleepers.delete(sleeper)
          signal?.removeEventListener('abort', end)
          resolve()
        }
        this.#sleepers.add(sleeper)
        signal?.addEventListener('abort', end)
      })
  }

  /** Lets `ms` pass; tells after every wake how long (real ms) the work took that it brought. */
  async pass(ms: number, tell: (tookMs: number) => void = () => {}): Promise<void> {
    const end = this.#elapsed + ms
    for (;;) {
      await turn()
      const next = this.#next()
      if (!next || next.wakeAt > end) break
      this.#elapsed = Math.max(this.#elapsed, next.wakeAt)
      const began = performance.now()
      next.wake()
      await turn()
      tell(performance.now() - began)
    }
    this.#elapsed = end
  }

  #next(): Sleeper | undefined {
    let first: Sleeper | undefined
    for (const sleeper of this.#sleepers) if (!first || sleeper.wakeAt < first.wakeAt) first = sleeper
    return first
  }
}
