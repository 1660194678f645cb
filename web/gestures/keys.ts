// Keys on a graph that has the focus: arrows move the cursor point by point, + and - zoom, Home and End go to the
// oldest and the newest, Escape takes the cursor away.

import type { View } from '../view/view.ts'

const zoomStep = 1.5

export interface Key {
  readonly key: string
  readonly shiftKey: boolean
}

/** Moment (ms) of the next point after `time` (direction 1) or before it (-1); null where none is known. */
export type NextPoint = (time: number, direction: 1 | -1) => number | null

/**
 * Acts on a key; false when it is not one of ours. `bucketMs` is the graph's bucket length: where no next point is
 * known the cursor moves by it, with Shift always by ten.
 */
export function pressKey(
  view: View,
  { key, shiftKey }: Key,
  bucketMs: number,
  next: NextPoint = () => null,
): boolean {
  const nextPoint = shiftKey ? () => null : next
  const stepMs = shiftKey ? 10 * bucketMs : bucketMs
  if (key === 'ArrowLeft') step(view, -1, stepMs, nextPoint)
  else if (key === 'ArrowRight') step(view, 1, stepMs, nextPoint)
  else if (key === '+' || key === '=') zoom(view, 1 / zoomStep)
  else if (key === '-' || key === '_') zoom(view, zoomStep)
  else if (key === 'Home') toOldest(view)
  else if (key === 'End') view.goLive()
  else if (key === 'Escape' && view.state.cursor !== null) view.setCursor(null)
  else return false
  return true
}

/** The first press puts the cursor at the newest point; the window follows a cursor that leaves it. */
function step(view: View, direction: 1 | -1, ms: number, next: NextPoint): void {
  const { from, to, cursor } = view.state
  const start = cursor ?? to
  const wanted = Math.min(next(start, direction) ?? start + direction * ms, view.now)
  const outside = wanted < from ? wanted - from : Math.max(wanted - to, 0)
  if (outside !== 0) view.pan(outside)
  view.setCursor(wanted)
}

/** Around the cursor if it is seen; a live window without one around the present, any other around its middle. */
function zoom(view: View, factor: number): void {
  const { from, to, live, cursor } = view.state
  const seen = cursor !== null && cursor >= from && cursor <= to
  view.zoom(factor, seen ? cursor : live ? to : (from + to) / 2)
}

function toOldest(view: View): void {
  const { from, to } = view.state
  const start = view.oldest ?? from
  view.show(start, start + (to - from))
}
