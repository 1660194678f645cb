// Points that wait to be stored, by project: each turn takes a share from every project that has any, so that no project
// waits until another's flood is through.

import type { Point } from '../../common/point.ts'

/** Of one project in a turn where many wait. */
const leastShare = 64

export interface Job {
  readonly points: readonly Point[]
  /** How many of them are stored. */
  stored: number
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

interface Share {
  job: Job
  count: number
}

export class FairLane {
  /** By project; the project that was served last stands last. */
  readonly #waiting = new Map<string, Job[]>()

  get isEmpty(): boolean {
    return this.#waiting.size === 0
  }

  add(project: string, job: Job): void {
    const jobs = this.#waiting.get(project)
    if (jobs) jobs.push(job)
    else this.#waiting.set(project, [job])
  }

  /** Has about `most` points stored, the next of every project, and tells whose they were how it went. */
  turn(most: number, store: (points: readonly Point[]) => void): void {
    const share = Math.max(leastShare, Math.ceil(most / this.#waiting.size))
    const taken: Share[] = []
    const points: Point[] = []
    for (const jobs of this.#waiting.values()) {
      if (points.length >= most) break
      takeShare(jobs, share, points, taken)
    }
    try {
      store(points)
      for (const { job, count } of taken) job.stored += count
    } catch (error) {
      for (const { job } of taken) {
        job.stored = job.points.length
        job.reject(error)
      }
    }
    this.#settle()
  }

  /** Ends what is done; who has more goes behind the others. */
  #settle(): void {
    for (const [project, jobs] of [...this.#waiting]) {
      let done = 0
      for (let job = jobs[0]; job !== undefined && isStored(job); job = jobs[++done]) job.resolve()
      if (done === 0 && jobs[0]?.stored === 0) continue
      jobs.splice(0, done)
      this.#waiting.delete(project)
      if (jobs.length > 0) this.#waiting.set(project, jobs)
    }
  }
}

const isStored = ({ stored, points }: Job): boolean => stored === points.length

/** Takes up to `share` points of a project's jobs, in order. */
function takeShare(jobs: readonly Job[], share: number, points: Point[], taken: Share[]): void {
  let left = share
  for (const job of jobs) {
    if (left === 0) return
    const count = Math.min(left, job.points.length - job.stored)
    for (let i = job.stored; i < job.stored + count; i++) points.push(job.points[i] as Point)
    taken.push({ job, count })
    left -= count
  }
}
