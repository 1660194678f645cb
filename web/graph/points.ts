// Where the points of a graph stand in time, so that the cursor comes to rest on what was measured and not beside it.

import type { GraphData } from './model.ts'

/** Moment (ms) at which bucket `index` is drawn: the middle of the points that a full bucket holds. */
export const pointTime = ({ from, stepMs, everyMs }: GraphData, index: number): number =>
  from + Math.max(0, stepMs - everyMs) / 2 + index * stepMs

/** The point of any of the series `ids` that is nearest to `time` and at most `within` ms away; null: none is. */
export function nearestPoint(
  data: GraphData,
  ids: readonly number[],
  time: number,
  within: number,
): number | null {
  const middle = (time - pointTime(data, 0)) / data.stepMs
  const most = within / data.stepMs
  const hasPoint = pointsOf(data, ids)
  const first = Math.max(0, Math.ceil(middle - most))
  const last = Math.min(data.length - 1, Math.floor(middle + most))
  let best: number | null = null
  for (let index = first; index <= last; index++) {
    if (!hasPoint(index)) continue
    if (best === null || Math.abs(index - middle) < Math.abs(best - middle)) best = index
  }
  return best === null ? null : pointTime(data, best)
}

/** The next point of any of the series after `time` (direction 1) or before it (-1); null: none is held there. */
export function nextPoint(
  data: GraphData,
  ids: readonly number[],
  time: number,
  direction: 1 | -1,
): number | null {
  const place = (time - pointTime(data, 0)) / data.stepMs
  const hasPoint = pointsOf(data, ids)
  // The cursor holds whole milliseconds, the middle of a bucket need not be one.
  const slack = 1 / data.stepMs
  const start = direction > 0 ? Math.floor(place + slack) + 1 : Math.ceil(place - slack) - 1
  const first = direction > 0 ? Math.max(0, start) : Math.min(data.length - 1, start)
  for (let index = first; index >= 0 && index < data.length; index += direction) {
    if (hasPoint(index)) return pointTime(data, index)
  }
  return null
}

function pointsOf({ columns }: GraphData, ids: readonly number[]): (index: number) => boolean {
  const counts = ids.flatMap((id) => columns.get(id)?.count ?? [])
  return (index) => counts.some((count) => (count[index] ?? 0) > 0)
}
