// The clock of the generator: rounds stand on the wall clock's grid (multiples of the step since 1970) and are
// waited for by the monotonic clock. They never drift, never bunch after a stall, and follow at once when the wall
// clock is set.

import type { Clock } from '../common/clock.ts'
import type { Sleep } from './sleep.ts'

/** On a slower grid the first round does not wait for it. */
const longestFirstWaitMs = 2000

export interface TickOptions {
  clock: Clock
  sleep: Sleep
  stepMs: number
  signal: AbortSignal
}

/**
 * Yields the moment (ms) of each round when it is due. A round whose moment was missed is skipped, not made up;
 * the next is awaited when the one before is done. Ends when the signal aborts.
 */
export async function* ticks(options: TickOptions): AsyncGenerator<number, void> {
  const { clock, stepMs, signal } = options
  const start = clock.now()
  // Under the full second, not under a moment of the grid that is long past.
  if (stepMs - modulo(start, stepMs) > longestFirstWaitMs) yield start - modulo(start, 1000)
  let lastRound = Number.NEGATIVE_INFINITY
  while (!signal.aborted) {
    const grid = await nextMoment(options, lastRound)
    if (grid === undefined) return
    lastRound = clock.monotonic()
    yield grid
  }
}

/** Waits for the grid's next moment after now; undefined when the signal aborts first. */
async function nextMoment(
  { clock, sleep, stepMs, signal }: TickOptions,
  lastRound: number,
): Promise<number | undefined> {
  const gridAt = (time: number): number => time - modulo(time, stepMs)
  let due = gridAt(clock.now()) + stepMs
  let missed = false
  while (!signal.aborted) {
    const now = clock.now()
    const grid = gridAt(now)
    // The clock was set back: what it shows now counts.
    if (grid + stepMs < due) due = grid
    if (grid >= due) {
      const rested = clock.monotonic() - lastRound >= stepMs / 2
      // Who always wakes too late is late rather than never there.
      if (rested && (missed || now - grid <= stepMs / 2)) return grid
      missed = true
      due = grid + stepMs
    }
    await sleep(due - now, signal)
  }
  return undefined
}

/** Also before 1970, where a clock without a battery may wake up. */
const modulo = (time: number, step: number): number => ((time % step) + step) % step
