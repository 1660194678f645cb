// A clock that is set back brings the same moments again, and a point at a time that its series already has would
// replace it. So a further round at a moment is stored one millisecond later, and nothing is lost.

import type { Store } from '../store/types.ts'

/** Time (ms) of the newest stored round in [from, to]; undefined when there is none. */
export type NewestStored = (from: number, to: number) => number | undefined

/** Rounds at one moment lie within so many milliseconds: less than the shortest Timestep. */
const spanMs = 99

export class UsedTimes {
  readonly #newestStored: NewestStored
  #newest: number

  /** `newest`: time of the newest round that was ever stored; it is not looked for beyond. */
  constructor({ newest, newestStored }: { newest: number; newestStored: NewestStored }) {
    this.#newest = newest
    this.#newestStored = newestStored
  }

  /** The time (ms) for a round at this moment: `grid`, or later by one millisecond for each that is stored there. */
  take(grid: number): number {
    if (grid > this.#newest) {
      this.#newest = grid
      return grid
    }
    const stored = this.#newestStored(grid, grid + spanMs)
    return stored === undefined ? grid : stored + 1
  }
}

/**
 * The times that these categories of a project have used so far, those of rounds that are not stored yet (`waiting`)
 * among them. Throws what the store throws.
 */
export function usedTimesOf(
  store: Pick<Store, 'catalogue' | 'at'>,
  project: string,
  categories: ReadonlySet<string>,
  waiting: NewestStored = () => undefined,
): UsedTimes {
  const own = store.catalogue(project).filter(({ name }) => categories.has(name))
  return new UsedTimes({
    newest: Math.max(...own.map(({ lastTime }) => lastTime ?? Number.NEGATIVE_INFINITY)),
    newestStored(from, to) {
      const times = store
        .at(project, to)
        .filter(({ category, time }) => categories.has(category) && time >= from)
        .map(({ time }) => time)
        .concat(waiting(from, to) ?? [])
      return times.length > 0 ? Math.max(...times) : undefined
    },
  })
}
