// Where the buckets of an answer lie: aligned to the epoch, of a length from the ladder, so that the same buckets
// return while a graph is panned.

import { bucketStep } from '../common/ladder.ts'
import { Problem } from '../common/problem.ts'
import { floorTo } from './history/levels.ts'
import type { Grid } from './history/sink.ts'
import type { Query } from './types.ts'

/** Buckets for a window, not shorter than `leastMs`. Throws a Problem `invalid` for what is no window. */
export function gridOf(query: Query, leastMs: number): Grid {
  check(query)
  const { from, to, buckets } = query
  const lengthOf = (step: number) => Math.ceil(to / step) - Math.floor(from / step)
  let stepMs = bucketStep(from, to, buckets, leastMs)
  // A window longer than the ladder reaches; two buckets always suffice around 1970, one elsewhere.
  while (lengthOf(stepMs) > Math.max(buckets, from < 0 && to > 0 ? 2 : 1)) stepMs *= 2
  return { from: floorTo(from, stepMs), stepMs, length: lengthOf(stepMs) }
}

function check({ from, to, buckets }: Query): void {
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from >= to) {
    throw new Problem('invalid', 'from and to are not a window of time', {
      field: 'from',
      given: [from, to],
      expected: 'whole milliseconds since 1970, from before to',
    })
  }
  if (!Number.isSafeInteger(buckets) || buckets < 1) {
    throw new Problem('invalid', 'buckets is not a number of buckets', {
      field: 'buckets',
      given: buckets,
      expected: 'a whole number of at least 1',
    })
  }
}
