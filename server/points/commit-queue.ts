// Points of many senders share a transaction, and no sender waits for another's flood: each round of the queue takes
// a share from every project that has points waiting, commits them together, and lets everybody else have a turn.

import type { Point } from '../../common/point.ts'
import type { Store } from '../../store/types.ts'

/** Points of one round: some milliseconds, after which requests, phones and other points have their turn. */
const mostPoints = 2048
/** Of one project in a round where many wait. */
const leastShare = 64

interface Job {
  points: readonly Point[]
  /** How many of them are stored. */
  stored: number
  resolve: () => void
  reject: (error: unknown) => void
}

export class CommitQueue {
  readonly #store: Pick<Store, 'append'>
  /** Waiting jobs by project; the project that was served last stands last. */
  readonly #waiting = new Map<string, Job[]>()
  #isDue = false

  constructor(store: Pick<Store, 'append'>) {
    this.#store = store
  }

  /**
   * Resolves when all points are committed. Rejects with a Problem `unavailable` when they cannot be: of more than one
   * round's points the first may then be stored.
   */
  add(project: string, points: readonly Point[]): Promise<void> {
    if (points.length === 0) return Promise.resolve()
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const job: Job = { points, stored: 0, resolve, reject }
    const jobs = this.#waiting.get(project)
    if (jobs) jobs.push(job)
    else this.#waiting.set(project, [job])
    this.#wake()
    return promise
  }

  /** After all that came in at the same moment has been read. */
  #wake(): void {
    if (this.#isDue) return
    this.#isDue = true
    setImmediate(() => this.#round())
  }

  #round(): void {
    this.#isDue = false
    const share = Math.max(leastShare, Math.ceil(mostPoints / this.#waiting.size))
    const taken: { job: Job; count: number }[] = []
    const points: Point[] = []
    for (const jobs of this.#waiting.values()) {
      if (points.length >= mostPoints) break
      takeShare(jobs, share, points, taken)
    }
    try {
      this.#store.append(points)
      for (const { job, count } of taken) job.stored += count
    } catch (error) {
      for (const { job } of taken) {
        job.stored = job.points.length
        job.reject(error)
      }
    }
    this.#settle()
    if (this.#waiting.size > 0) this.#wake()
  }

  /** Ends what is done; who has more goes behind the others. */
  #settle(): void {
    for (const [project, jobs] of [...this.#waiting]) {
      const before = jobs.length
      let done = 0
      while (done < before && isStored(jobs[done] as Job)) jobs[done++]?.resolve()
      if (done === 0 && jobs[0]?.stored === 0) continue
      jobs.splice(0, done)
      this.#waiting.delete(project)
      if (jobs.length > 0) this.#waiting.set(project, jobs)
    }
  }
}

const isStored = ({ stored, points }: Job): boolean => stored === points.length

/** Takes up to `share` points of the project's jobs, in order. */
function takeShare(
  jobs: readonly Job[],
  share: number,
  points: Point[],
  taken: { job: Job; count: number }[],
): void {
  let left = share
  for (const job of jobs) {
    if (left === 0) return
    const count = Math.min(left, job.points.length - job.stored)
    for (let i = job.stored; i < job.stored + count; i++) points.push(job.points[i] as Point)
    taken.push({ job, count })
    left -= count
  }
}
