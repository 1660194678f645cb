// Where a graph's plot area is on the screen, and what time is where on it.

import type { ViewState } from '../view/view.ts'

/**
 * A plot area in client pixels. `snap` moves a moment (ms) to the point that a cursor there is meant for; `pick` takes
 * note of the line that a finger or click at client (x, y) means.
 */
export interface Plot {
  left: number
  width: number
  top: number
  height: number
  snap?: (time: number) => number
  pick?: (x: number, y: number) => void
}

/** 0 at the plot's left edge, 1 at its right; beyond outside. */
export const shareAt = (plot: Plot, x: number): number => (x - plot.left) / Math.max(plot.width, 1)

/** The moment (ms) that stands at client x. */
export const timeAt = (plot: Plot, x: number, { from, to }: ViewState): number =>
  from + shareAt(plot, x) * (to - from)

/** The moment (ms) of a cursor that is put at client x: of a point, where one is near. */
export function momentAt(plot: Plot, x: number, state: ViewState): number {
  const time = timeAt(plot, x, state)
  return plot.snap?.(time) ?? time
}

/** Whether client y is in the plot's upper half, where a finger scrubs instead of panning. */
export const inUpperHalf = (plot: Plot, y: number): boolean => y < plot.top + plot.height / 2
