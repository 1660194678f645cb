// Takes the points that an import finds and stores them in large batches; counts them, and refuses what no store would
// take, each with its reason.

import type { ReadPoint } from '../../common/formats/format.ts'
import { maxFutureMs, type Point } from '../../common/point.ts'
import { type RetentionPlan, retentionOf } from '../../common/retention-cost.ts'
import type { Store } from '../../store/types.ts'
import { timeText } from '../texts.ts'

/** Points of one transaction: some ten milliseconds, so that the generator's rounds pass between. */
const batchSize = 5000

/** What a store takes, some 70,000 years. */
const farthestMs = 2 ** 51

export interface InboxOptions {
  store: Pick<Store, 'append'>
  /** The key of the project that a text of a point means; undefined where it names none. */
  projectOf: (text: string | undefined) => string
  retention: RetentionPlan
  now: number
  /** Called with each place (line or row) of which something is not taken. */
  refuse: (place: number, reason: string) => void
}

export class Inbox {
  readonly #options: InboxOptions
  readonly #horizons = new Map<string, number>()
  #batch: Point[] = []
  stored = 0
  refused = 0
  /** Points that are older than their category is kept. */
  tooOld = 0
  oldest = Number.POSITIVE_INFINITY
  newest = Number.NEGATIVE_INFINITY

  constructor(options: InboxOptions) {
    this.#options = options
  }

  point({ project, category, label, time, value }: ReadPoint, place: number): void {
    const { now, projectOf } = this.#options
    if (Math.abs(time) > farthestMs) this.refuse(place, 'the time is out of range')
    else if (time > now + maxFutureMs) this.refuse(place, `the time ${timeText(time)} is in the future`)
    else {
      this.#batch.push({ project: projectOf(project), category, label, time, value })
      if (time < this.#horizonOf(category)) this.tooOld++
      if (time < this.oldest) this.oldest = time
      if (time > this.newest) this.newest = time
      if (this.#batch.length >= batchSize) this.flush()
    }
  }

  refuse(place: number, reason: string): void {
    this.refused++
    this.#options.refuse(place, reason)
  }

  /** Stores what is still here. Throws a Problem `unavailable` when the store cannot; `stored` says what it has. */
  flush(): void {
    const batch = this.#batch
    this.#batch = []
    this.#options.store.append(batch)
    this.stored += batch.length
  }

  #horizonOf(category: string): number {
    let horizon = this.#horizons.get(category)
    if (horizon === undefined) {
      const { retention, now } = this.#options
      horizon = now - retentionOf(category, retention).maxAgeSeconds * 1000
      this.#horizons.set(category, horizon)
    }
    return horizon
  }
}
