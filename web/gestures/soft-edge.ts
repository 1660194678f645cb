// Where a panned window comes to its end: at the present, and where the oldest point stands at its left edge. Beyond
// that it still follows the finger, but ever less, as lists do on phones.

import type { View } from '../view/view.ts'

/** The first and the last moment (ms) at which a window of a certain length may begin. */
export interface Bounds {
  readonly first: number
  readonly last: number
}

/** Of what a finger moves it beyond an edge, a window follows this share at first … */
const follows = 0.55

/** … and by this share of its length at most. */
const furthest = 0.4

/**
 * Bounds for the view's window as long as it is. A window that stands further back already may stay there; one that is
 * longer than all history has no edge in the past.
 */
export function boundsOf({ state, edge, oldest }: View): Bounds {
  const last = edge - (state.to - state.from)
  const isShort = oldest === null || oldest > last
  return { first: isShort ? Number.NEGATIVE_INFINITY : Math.min(oldest, state.from), last }
}

/** How far beyond its bounds a window begins (ms): negative before the first, positive after the last. */
export const beyond = (from: number, { first, last }: Bounds): number =>
  from - Math.min(Math.max(from, first), last)

/** Where a window of `span` ms begins that a finger wants to begin at `wanted`. */
export function soften(wanted: number, bounds: Bounds, span: number): number {
  const excess = beyond(wanted, bounds)
  const most = furthest * span
  return wanted - excess + Math.sign(excess) * most * (1 - 1 / ((Math.abs(excess) * follows) / most + 1))
}

/** Where a finger wants a window to begin that begins at `from`: the inverse of `soften`. */
export function unsoften(from: number, bounds: Bounds, span: number): number {
  const excess = beyond(from, bounds)
  const most = furthest * span
  const share = Math.min(Math.abs(excess) / most, 0.99)
  return from - excess + Math.sign(excess) * (most / follows) * (1 / (1 - share) - 1)
}
