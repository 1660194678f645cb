// The way of a window that a finger has let go: it runs on, ever slower, and comes back to its bounds when it is or
// gets beyond them. Plain functions of time, so that a slow phone shows fewer steps of the same way.

import { type Bounds, beyond } from './soft-edge.ts'

/** The speed falls to a 2.7th in this time (ms), about as lists on phones do. */
const decayMs = 400

/** A spring without overshoot: 1/e of the way in about twice this time (ms), all of it in nine times. */
const springMs = 55
const springTimes = 9

export interface GlideStart extends Bounds {
  /** Where the window begins (ms). */
  readonly from: number
  /** Milliseconds of time that it moves in a millisecond, and the speed at which it stands. */
  readonly speed: number
  readonly slowest: number
}

export interface Glide {
  /** How long it lasts, ms. */
  readonly duration: number
  /** Where the window begins (ms) so many milliseconds after it was let go. */
  at(elapsed: number): number
}

/** Runs on from `start`; lasts no time when there is nowhere to go. */
export function glideFrom(start: GlideStart): Glide {
  const { from, speed, slowest } = start
  if (beyond(from, start) !== 0) return springFrom(start)
  const runMs = Math.max(0, decayMs * Math.log(Math.abs(speed) / slowest))
  const run = (elapsed: number): number => from + speed * decayMs * (1 - Math.exp(-elapsed / decayMs))
  const excess = beyond(run(runMs), start)
  if (runMs === 0 || excess === 0) return { duration: runMs, at: (elapsed) => run(Math.min(elapsed, runMs)) }
  const edge = run(runMs) - excess
  const reached = -decayMs * Math.log(1 - (edge - from) / (speed * decayMs))
  const spring = springFrom({ ...start, from: edge, speed: speed * Math.exp(-reached / decayMs) })
  return {
    duration: reached + spring.duration,
    at: (elapsed) => (elapsed < reached ? run(elapsed) : spring.at(elapsed - reached)),
  }
}

/** Critically damped, to the edge that it is beyond or just leaves. */
function springFrom({ from, speed, first, last }: GlideStart): Glide {
  const excess = beyond(from, { first, last })
  const edge = from - excess
  const pull = speed + excess / springMs
  const duration = springMs * springTimes
  return {
    duration,
    at: (elapsed) =>
      elapsed >= duration ? edge : edge + (excess + pull * elapsed) * Math.exp(-elapsed / springMs),
  }
}
