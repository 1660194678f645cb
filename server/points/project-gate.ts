// What one project may add: how many points a second, and how many series. A batch is never cut in two by the rate: it
// is let in whole and paid for afterwards, so that a device that was offline can bring what it kept.

import { Problem } from '../../common/problem.ts'

/** 0: no limit. */
export interface Limits {
  maxSeries: number
  maxPointsPerSecond: number
  /** Points that are older are refused. */
  maxAgeSeconds: number
}

export interface NewSeries {
  category: string
  label: string
}

export class ProjectGate {
  /** Points that may come now; below zero: what has to be waited for. */
  #credit = Number.POSITIVE_INFINITY
  #creditAt = 0
  /** Series that were let in and are not stored yet, by category. */
  readonly #admitted = new Map<string, Set<string>>()
  #pending = 0
  /** Changes when series that were let in are known or given up. */
  revision = 0

  /** Throws a Problem `too-many` that says when to try again, where points came too fast. `now` is monotonic ms. */
  pass({ maxPointsPerSecond: rate }: Limits, now: number): void {
    if (rate === 0) return
    const earned = ((now - this.#creditAt) / 1000) * rate
    this.#credit = Math.min(rate, this.#credit + earned)
    this.#creditAt = now
    if (this.#credit >= 1) return
    const retryAfterSeconds = Math.max(1, Math.ceil((1 - this.#credit) / rate))
    throw new Problem('too-many', `this project may add ${rate} points a second`, {
      field: 'points',
      expected: `no more than that; try again in ${retryAfterSeconds} s`,
      retryAfterSeconds,
    })
  }

  /** Points have come. */
  pay(points: number): void {
    this.#credit -= points
  }

  /** Whether a series that is not known may be made; then it counts until it is withdrawn. */
  admit(series: NewSeries, { maxSeries }: Limits, known: number): 'now' | 'before' | 'no' {
    const { category, label } = series
    const labels = this.#admitted.get(category)
    if (labels?.has(label)) return 'before'
    if (maxSeries > 0 && known + this.#pending >= maxSeries) return 'no'
    this.#admitted.set(category, (labels ?? new Set()).add(label))
    this.#pending++
    return 'now'
  }

  /** Series are stored by now, or never will be. */
  withdraw(all: readonly NewSeries[]): void {
    for (const { category, label } of all) {
      const labels = this.#admitted.get(category)
      if (labels?.delete(label)) this.#pending--
      if (labels?.size === 0) this.#admitted.delete(category)
    }
    this.revision++
  }
}
