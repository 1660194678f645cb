// The store in its plainest form, to compare with: every point in a map, every answer by looking at all of them.

import type { Point } from '../../common/point.ts'
import type { Buckets } from '../../store/types.ts'

export class ReferenceStore {
  readonly #byLabel = new Map<string, Map<number, number>>()

  append(points: readonly Point[]): void {
    for (const { label, time, value } of points) {
      const series = this.#byLabel.get(label) ?? new Map<number, number>()
      this.#byLabel.set(label, series.set(time, value))
    }
  }

  removeBefore(time: number): void {
    for (const series of this.#byLabel.values()) {
      for (const at of series.keys()) if (at < time) series.delete(at)
    }
  }

  /** All values per label, bucket by bucket; labels without any are left out. */
  buckets({ from, stepMs, length }: Omit<Buckets, 'series'>): Map<string, number[][]> {
    const answer = new Map<string, number[][]>()
    for (const [label, series] of this.#byLabel) {
      const buckets: number[][] = Array.from({ length }, () => [])
      for (const [time, value] of series) buckets[Math.floor((time - from) / stepMs)]?.push(value)
      if (buckets.some((bucket) => bucket.length > 0)) answer.set(label, buckets)
    }
    return answer
  }

  /** The newest point of each label in [from, to]. */
  newest(from: number, to: number): Map<string, { time: number; value: number }> {
    const answer = new Map<string, { time: number; value: number }>()
    for (const [label, series] of this.#byLabel) {
      const times = [...series.keys()].filter((time) => time >= from && time <= to)
      const time = Math.max(...times)
      const value = series.get(time)
      if (value !== undefined) answer.set(label, { time, value })
    }
    return answer
  }
}
