// The lengths of buckets that history is summed up into: a table of data. Each length divides the next and every
// longer step of the bucket ladder, and the first one that a category gets sums up some thirty points or more.

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

interface LevelChoice {
  /** For categories with a point every so many milliseconds or more often. */
  upToIntervalMs: number
  /** Bucket lengths in milliseconds, ascending. */
  stepsMs: readonly number[]
}

const choices: readonly LevelChoice[] = [
  { upToIntervalMs: 2 * second, stepsMs: [minute, hour, day] },
  { upToIntervalMs: 20 * second, stepsMs: [10 * minute, hour, day] },
  { upToIntervalMs: 2 * minute, stepsMs: [hour, day] },
  { upToIntervalMs: Number.POSITIVE_INFINITY, stepsMs: [day] },
]

/** Bucket lengths (ms, ascending) for a category with a point every `intervalMs`. */
export const levelsFor = (intervalMs: number): readonly number[] =>
  choices.find(({ upToIntervalMs }) => intervalMs <= upToIntervalMs)?.stepsMs ?? [day]

/** Buckets of a level that are built at a time, but for the last few in between: a level may lag by as much. */
export const bucketsAtOnce = (stepMs: number): number => (stepMs >= day ? 7 : stepMs >= hour ? 24 : 60)

/** A chunk holds this many rows at most, and this many values: what is packed in six milliseconds. */
const mostRows = 3600
const mostValues = 33_000

/** Rows that fill a chunk with so many series; a bucket counts as three values, for its count rarely changes. */
export const fullRows = (series: number, width: 1 | 4): number =>
  Math.max(1, Math.min(mostRows, Math.floor(mostValues / Math.max(1, series * (width === 1 ? 1 : 3)))))

/** The start of the bucket of `stepMs`, aligned to the epoch, that holds `time`. */
export const floorTo = (time: number, stepMs: number): number => Math.floor(time / stepMs) * stepMs

/** The start of the first bucket at or after `time`. */
export const ceilTo = (time: number, stepMs: number): number => Math.ceil(time / stepMs) * stepMs
