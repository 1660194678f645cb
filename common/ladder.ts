// Bucket lengths come from one ladder, aligned to the epoch, so that the same buckets return while a graph is
// panned (and can be cached), and so that every level of the store divides every longer bucket.

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** Allowed bucket lengths in milliseconds, ascending. */
export const bucketLadderMs: readonly number[] = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 20, 30].map((n) => n * second),
  ...[1, 2, 5, 10, 20, 30].map((n) => n * minute),
  ...[1, 2, 4, 6, 12].map((n) => n * hour),
  ...[1, 2, 5, 10, 30, 100, 365].map((n) => n * day),
]

/**
 * The shortest ladder step (ms) with which [from, to) takes at most `buckets` buckets aligned to the epoch,
 * and that is not shorter than `leastMs`.
 */
export function bucketStep(from: number, to: number, buckets: number, leastMs = 1): number {
  for (const step of bucketLadderMs) {
    if (step >= leastMs && Math.ceil(to / step) - Math.floor(from / step) <= buckets) return step
  }
  return Math.max(...bucketLadderMs)
}
