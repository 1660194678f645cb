// Rounds in bulk, as every store is fed with: the same columns for all, turned by each into what it understands.

import type { Point } from '../../common/point.ts'
import type { Round, Series } from './rounds.ts'

export interface Block {
  series: readonly Series[]
  /** Milliseconds, ascending; one a round. */
  times: readonly number[]
  /** Values of round r and series s at r * series.length + s. */
  values: Float64Array
}

/** Rounds gathered into blocks of `size` (the last one shorter). */
export function* blocksOf(
  series: readonly Series[],
  rounds: Iterable<Round>,
  size: number,
): Generator<Block> {
  let times: number[] = []
  let values = new Float64Array(size * series.length)
  for (const { time, values: ofRound } of rounds) {
    values.set(ofRound, times.length * series.length)
    times.push(time)
    if (times.length < size) continue
    yield { series, times, values }
    times = []
    values = new Float64Array(size * series.length)
  }
  if (times.length > 0) yield { series, times, values }
}

/** Number of points in a block. */
export const pointCount = ({ times, series }: Block): number => times.length * series.length

/** Calls `take` for every point, round by round. */
export function eachPoint(
  { series, times, values }: Block,
  take: (one: Series, time: number, value: number) => void,
): void {
  let index = 0
  for (const time of times) for (const one of series) take(one, time, values[index++] ?? 0)
}

/** The points of a block under a project, for `store.append`. */
export function blockPoints(project: string, block: Block): Point[] {
  const points: Point[] = []
  eachPoint(block, ({ category, label }, time, value) => {
    points.push({ project, category, label, time, value })
  })
  return points
}

/** The points of one round under a project. */
export const pointsOf = (project: string, series: readonly Series[], { time, values }: Round): Point[] =>
  blockPoints(project, { series, times: [time], values })
