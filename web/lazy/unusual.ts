// How unusual what a window shows is, compared with the window before it: the measure by which cards are ordered when
// somebody asks what changed.

import type { SeriesColumns } from '../data/holding.ts'

/** A level that never moved is taken to move by this share of itself, so that a trifle is none. */
const leastSpread = 0.02

interface Summary {
  mean: number
  least: number
  greatest: number
  /** Standard deviation of the buckets' means. */
  spread: number
}

/**
 * How far the mean and the extremes of buckets [middle, length) lie outside of what buckets [0, middle) were like, in
 * standard deviations of those. 0: as before. Infinite: there was nothing before, or nothing is left now; 0 where both
 * are empty.
 */
export function unusualness(columns: SeriesColumns, middle: number, length: number): number {
  const before = summary(columns, 0, middle)
  const now = summary(columns, middle, length)
  if (!before && !now) return 0
  if (!before || !now) return Number.POSITIVE_INFINITY
  const size = Math.max(Math.abs(before.greatest), Math.abs(before.least))
  const spread = Math.max(before.spread, leastSpread * size) || Number.MIN_VALUE
  const above = Math.max(0, now.greatest - before.greatest)
  const below = Math.max(0, before.least - now.least)
  return Math.max(Math.abs(now.mean - before.mean), above, below) / spread
}

function summary({ count, min, mean, max }: SeriesColumns, from: number, to: number): Summary | null {
  let [points, average, squares] = [0, 0, 0]
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let index = from; index < to; index++) {
    if (!((count[index] ?? 0) > 0)) continue
    const value = mean[index] as number
    points++
    // Differences to the running mean, after Welford: large levels lose nothing to rounding.
    const difference = value - average
    average += difference / points
    squares += difference * (value - average)
    least = Math.min(least, min[index] as number)
    greatest = Math.max(greatest, max[index] as number)
  }
  return points === 0 ? null : { mean: average, least, greatest, spread: Math.sqrt(squares / points) }
}
