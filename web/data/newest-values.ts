// The newest point of every series, from answers and from the live stream, whichever knows more.

import type { LivePoints, Values } from '../../common/wire.ts'

export interface Newest {
  time: number
  value: number
}

export class NewestValues {
  readonly #points = new Map<number, Newest>()

  /** By series id. */
  get(id: number): Newest | undefined {
    return this.#points.get(id)
  }

  learn(id: number, { time, value }: Newest): void {
    if (time < (this.#points.get(id)?.time ?? Number.NEGATIVE_INFINITY)) return
    this.#points.set(id, { time, value })
  }

  learnAnswer({ values }: Values): void {
    for (const { id, time, value } of values) this.learn(id, { time, value })
  }

  /** Returns the ids of the series that had a point. */
  learnLive(points: LivePoints): Set<number> {
    const ids = new Set<number>()
    for (const { time, values } of points) {
      for (const [key, value] of Object.entries(values)) {
        this.learn(Number(key), { time, value })
        ids.add(Number(key))
      }
    }
    return ids
  }

  clear(): void {
    this.#points.clear()
  }
}
