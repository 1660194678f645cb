// What a row shows: the newest value while the present is looked at, else the value at the cursor or at the right
// edge of the window, from the buckets that are held. Where there was no point the row says so.

import type { ViewState } from '../view/view.ts'
import type { Holding, SeriesColumns } from './holding.ts'
import type { Newest } from './newest-values.ts'

export interface Reading {
  value: number
  /** Least and greatest value behind it; equal to `value` for a single point. */
  min: number
  max: number
}

/** Points that come irregularly leave a gap when the next takes longer than so many of their usual distances. */
const irregularReach = 3

/**
 * The reading at `time`: of its bucket, or of the nearest one before it that has points, as far back as the graph
 * draws a line. Null in a gap.
 */
export function readAt(holding: Holding, id: number, time: number): Reading | null {
  const columns = holding.columns.get(id)
  if (!columns) return null
  const { from, stepMs, length } = holding
  const at = Math.floor((time - from) / stepMs)
  const oldest = Math.max(0, at - reachOf(columns, holding))
  for (let index = Math.min(at, length - 1); index >= oldest; index--) {
    if ((columns.count[index] ?? 0) > 0) return readingOf(columns, index)
  }
  return null
}

function readingOf({ mean, min, max }: SeriesColumns, index: number): Reading | null {
  const [value, least, greatest] = [mean[index], min[index], max[index]]
  if (value === undefined || least === undefined || greatest === undefined) return null
  return { value, min: least, max: greatest }
}

/** Buckets before the cursor's that still speak for it. */
function reachOf({ count }: SeriesColumns, { everyMs, stepMs, length }: Holding): number {
  if (everyMs > 0) return Math.floor((1.5 * everyMs) / stepMs)
  const distances: number[] = []
  let before = -1
  for (let index = 0; index < length; index++) {
    if ((count[index] ?? 0) === 0) continue
    if (before >= 0) distances.push(index - before)
    before = index
  }
  distances.sort((a, b) => a - b)
  return irregularReach * (distances[distances.length >> 1] ?? 1)
}

/** The moment that the rows show (ms); null: the newest value. */
export function momentOf({ cursor, live, to }: ViewState): number | null {
  return cursor ?? (live ? null : to)
}

/** The newest value; null when its category's points should have come again long ago. */
export function readNewest(newest: Newest | undefined, now: number, everyMs: number): Reading | null {
  if (!newest || (everyMs > 0 && now - newest.time > 3 * everyMs + 60_000)) return null
  return { value: newest.value, min: newest.value, max: newest.value }
}
