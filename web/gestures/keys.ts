// Keys on a graph that has the focus: arrows move the cursor bucket by bucket, + and - zoom, Home and End go to the
// oldest and the newest, Escape takes the cursor away.

import type { View } from '../view/view.ts'

const zoomStep = 1.5

export interface Key {
  readonly key: string
  readonly shiftKey: boolean
}

/** Acts on a key; false when it is not one of ours. `bucketMs` is the graph's bucket length. */
export function pressKey(view: View, { key, shiftKey }: Key, bucketMs: number): boolean {
  const buckets = shiftKey ? 10 : 1
  if (key === 'ArrowLeft') step(view, -buckets * bucketMs)
  else if (key === 'ArrowRight') step(view, buckets * bucketMs)
  else if (key === '+' || key === '=') zoom(view, 1 / zoomStep)
  else if (key === '-' || key === '_') zoom(view, zoomStep)
  else if (key === 'Home') toOldest(view)
  else if (key === 'End') view.goLive()
  else if (key === 'Escape' && view.state.cursor !== null) view.setCursor(null)
  else return false
  return true
}

/** The first press puts the cursor at the newest bucket; the window follows a cursor that leaves it. */
function step(view: View, ms: number): void {
  const { from, to, cursor } = view.state
  const wanted = Math.min((cursor ?? to) + ms, view.now)
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
