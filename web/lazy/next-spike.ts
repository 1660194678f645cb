// From where the cursor stands, which spike of the looked-at series comes next: whichever series has it.

import type { Holding } from '../data/holding.ts'
import { pointTime } from '../graph/points.ts'
import { findSpikes } from './find-spikes.ts'

export interface FoundSpike {
  /** Moment (ms) at which the graph draws it. */
  time: number
  /** Series id. */
  id: number
  /** In the series' unit. */
  value: number
  /** A peak, not a dip. */
  high: boolean
}

/** Less than a bucket: the cursor holds whole milliseconds. */
const slackMs = 1

/** The nearest spike of any of the series `ids` after `time` (direction 1) or before it (-1); null: none is held. */
export function nextSpike(
  holding: Holding,
  ids: readonly number[],
  time: number,
  direction: 1 | -1,
): FoundSpike | null {
  const found = ids.flatMap((id) => spikesOf(holding, id))
  const ahead = found.filter((spike) => (spike.time - time) * direction > slackMs)
  ahead.sort((a, b) => (a.time - b.time) * direction)
  return ahead[0] ?? null
}

function spikesOf(holding: Holding, id: number): FoundSpike[] {
  const columns = holding.columns.get(id)
  const spikes = columns ? findSpikes(columns, holding.length) : []
  return spikes.map(({ index, value, high }) => ({ id, value, high, time: pointTime(holding, index) }))
}
