// Which moments of a series stand out: peaks and dips that rise well above its noise and leave its usual level, so that
// one tap finds what a finger would search for.

import type { SeriesColumns } from '../data/holding.ts'

export interface Spike {
  /** Its bucket. */
  index: number
  /** The bucket's greatest value for a peak, its least for a dip. */
  value: number
  /** A peak, not a dip. */
  high: boolean
}

/** A spike rises by at least so many times the usual step between neighbours, and by this share of all that is seen. */
const timesNoise = 5
const leastShare = 0.1

/** The usual level of a moment is the median of this share of all points around it. */
const levelShare = 0.5

/** Fewer points than this have no usual level. */
const fewest = 5

/**
 * The spikes among the first `length` buckets, oldest first. A peak must be prominent (higher than the saddles to
 * anything higher) and above the running median by the same measure; a dip likewise below it. What touches either end
 * is none: nobody knows yet how high it gets.
 */
export function findSpikes({ count, min, max }: SeriesColumns, length: number): Spike[] {
  const indexes = Array.from({ length }, (_, index) => index).filter((index) => (count[index] ?? 0) > 0)
  if (indexes.length < fewest) return []
  const highs = indexes.map((index) => max[index] as number)
  const lows = indexes.map((index) => -(min[index] as number))
  const range = greatest(highs) + greatest(lows)
  const found = [
    ...peaks(highs, range).map(of(indexes, true, highs)),
    ...peaks(lows, range).map(of(indexes, false, lows)),
  ]
  return found.sort((a, b) => a.index - b.index)
}

const of =
  (indexes: readonly number[], high: boolean, values: readonly number[]) =>
  (place: number): Spike => ({
    index: indexes[place] as number,
    value: (values[place] as number) * (high ? 1 : -1),
    high,
  })

/** Places of the peaks in `values`, of which `range` is all that is seen. */
function peaks(values: readonly number[], range: number): number[] {
  const steps = values.slice(1).map((value, place) => Math.abs(value - (values[place] as number)))
  const least = Math.max(timesNoise * median(steps), leastShare * range)
  if (!(least > 0)) return []
  return tops(values).filter(
    (place) =>
      prominence(values, place) >= least && (values[place] as number) - level(values, place) >= least,
  )
}

/** First places of runs that are higher than what stands on either side of them. */
function tops(values: readonly number[]): number[] {
  const found: number[] = []
  let rise: number | null = null
  for (let place = 1; place < values.length; place++) {
    const [before, now] = [values[place - 1] as number, values[place] as number]
    if (now > before) rise = place
    else if (now < before) {
      if (rise !== null) found.push(rise)
      rise = null
    }
  }
  return found
}

/** How far one has to come down, at least, on the way to anything higher. */
function prominence(values: readonly number[], place: number): number {
  const top = values[place] as number
  return top - Math.max(lowest(values, place, -1), lowest(values, place, 1))
}

function lowest(values: readonly number[], start: number, direction: 1 | -1): number {
  const top = values[start] as number
  let least = top
  for (let place = start; place >= 0 && place < values.length; place += direction) {
    const value = values[place] as number
    if (value > top) break
    least = Math.min(least, value)
  }
  return least
}

function level(values: readonly number[], place: number): number {
  const reach = Math.max(fewest, Math.round((values.length * levelShare) / 2))
  return median(values.slice(Math.max(0, place - reach), place + reach + 1))
}

function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort()
  return sorted[sorted.length >> 1] ?? 0
}

const greatest = (values: readonly number[]): number =>
  values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY)
