// Points of many senders share a transaction, and no sender waits for another's flood: few points have turns of their
// own, between those of the many, and in each turn every project gets its share.

import type { Point } from '../../common/point.ts'
import type { Store } from '../../store/types.ts'
import { FairLane } from './fair-lane.ts'

/** Points of one turn: some milliseconds, after which requests, phones and other points have theirs. */
const mostPoints = 2048
/** A request with no more points than this does not wait behind larger ones. */
const fewPoints = 64

export class CommitQueue {
  readonly #store: Pick<Store, 'append'>
  readonly #few = new FairLane()
  readonly #many = new FairLane()
  #wereFew = false
  #isDue = false

  constructor(store: Pick<Store, 'append'>) {
    this.#store = store
  }

  /**
   * Resolves when all points are committed. Rejects with a Problem `unavailable` when they cannot be: of more than one
   * turn's points the first may then be stored.
   */
  add(project: string, points: readonly Point[]): Promise<void> {
    if (points.length === 0) return Promise.resolve()
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const lane = points.length <= fewPoints ? this.#few : this.#many
    lane.add(project, { points, stored: 0, resolve, reject })
    this.#wake()
    return promise
  }

  /** After all that came in at the same moment has been read. */
  #wake(): void {
    if (this.#isDue) return
    this.#isDue = true
    setImmediate(() => this.#turn())
  }

  #turn(): void {
    this.#isDue = false
    this.#wereFew = !this.#few.isEmpty && !(this.#wereFew && !this.#many.isEmpty)
    const lane = this.#wereFew ? this.#few : this.#many
    lane.turn(mostPoints, (points) => this.#store.append(points))
    if (!this.#few.isEmpty || !this.#many.isEmpty) this.#wake()
  }
}
