// Which line of a graph a finger means: the one that passes nearest to it.

import type { GraphData, Trace } from './model.ts'
import { pointTime } from './points.ts'

/** Mean of a series at `time` (ms), on the line between its points; null in a gap. */
export function valueAt(
  { columns: { mean }, reach }: Pick<Trace, 'columns' | 'reach'>,
  data: GraphData,
  time: number,
): number | null {
  const place = (time - pointTime(data, 0)) / data.stepMs
  const before = lastWith(mean, Math.floor(place), -1, reach)
  const after = lastWith(mean, Math.ceil(place), 1, reach)
  if (before === null || after === null) {
    const only = before ?? after
    return only !== null && Math.abs(only - place) < 1 ? (mean[only] as number) : null
  }
  if (after - before > reach) return null
  const share = after === before ? 0 : (place - before) / (after - before)
  return (mean[before] as number) * (1 - share) + (mean[after] as number) * share
}

/** The first bucket with points from `index` on, at most `reach` away. */
function lastWith(mean: Float64Array, index: number, direction: 1 | -1, reach: number): number | null {
  for (let step = 0; step <= reach; step++) {
    const value = mean[index + step * direction]
    if (value !== undefined && !Number.isNaN(value)) return index + step * direction
  }
  return null
}

/** Id of the trace whose line is nearest to `value` at `time`, at most `within` (in its unit) away; null: none is. */
export function nearestTrace(
  traces: readonly Trace[],
  data: GraphData,
  { time, value, within }: { time: number; value: number; within: number },
): number | null {
  let best: { id: number; away: number } | null = null
  for (const trace of traces) {
    const mean = valueAt(trace, data, time)
    const away = mean === null ? Number.POSITIVE_INFINITY : Math.abs(mean - value)
    if (away <= within && away < (best?.away ?? Number.POSITIVE_INFINITY)) best = { id: trace.id, away }
  }
  return best?.id ?? null
}
