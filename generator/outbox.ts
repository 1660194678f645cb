// What is to be stored waits here until it is, for one of two reasons: nobody looks, so that several rounds are better
// written together; or the database is busy or the disk full, which costs no point as long as the wait is bounded and
// memory is too.

import type { Clock } from '../common/clock.ts'
import type { Declaration, SeriesDeclaration } from '../common/declaration.ts'
import type { Point } from '../common/point.ts'
import { Problem } from '../common/problem.ts'
import type { Store } from '../store/types.ts'

export type SeriesDeclarations = Readonly<Record<string, SeriesDeclaration>>

export interface OutboxOptions {
  store: Pick<Store, 'append' | 'declare' | 'report'>
  project: string
  clock: Clock
  log: (line: string) => void
  /** So long (ms) points may be kept to be stored together while nobody looks; 0: not at all. */
  keepMs?: number
  /** Whether somebody looks; asked at most once a flush. */
  isWatched?: () => boolean
  /** Is told why nothing can be stored at present whenever that was tried, and null whenever something was stored. */
  noteProblem?: (reason: string | null) => void
  /** So many points may wait for a database that cannot store; then the oldest are given up. */
  mostPoints?: number
}

/** Points of one transaction while a long wait is made up for; more are never kept for want of a looker. */
const batchPoints = 5000
const retryAfterMs = 5000

type Task = () => void

export class Outbox {
  readonly #store: OutboxOptions['store']
  readonly #project: string
  readonly #clock: Clock
  readonly #log: (line: string) => void
  readonly #keepMs: number
  readonly #isWatched: () => boolean
  readonly #noteProblem: (reason: string | null) => void
  readonly #mostPoints: number
  /** The newest of each category, in order of their coming. */
  readonly #declarations = new Map<string, Task>()
  readonly #reports = new Map<string, Task>()
  #points: Point[] = []
  #givenUp = 0
  #failing = false
  #retryAt = Number.NEGATIVE_INFINITY
  #storedAt = Number.NEGATIVE_INFINITY

  constructor(options: OutboxOptions) {
    this.#store = options.store
    this.#project = options.project
    this.#clock = options.clock
    this.#log = options.log
    this.#keepMs = options.keepMs ?? 0
    this.#isWatched = options.isWatched ?? (() => false)
    this.#noteProblem = options.noteProblem ?? (() => {})
    this.#mostPoints = options.mostPoints ?? 100_000
  }

  /** How many points wait. */
  get waiting(): number {
    return this.#points.length
  }

  declare(category: string, declaration: Declaration, series: SeriesDeclarations): void {
    this.#declarations.set(category, () => this.#store.declare(this.#project, category, declaration, series))
  }

  /** Why a category's gather fails since `now`; null when it does no more. */
  report(category: string, message: string | null, now: number): void {
    this.#reports.set(category, () => this.#store.report(this.#project, category, message, now))
  }

  add(category: string, time: number, values: ReadonlyMap<string, number>): void {
    for (const [label, value] of values) {
      this.#points.push({ project: this.#project, category, label, time, value })
    }
    const surplus = this.#points.length - this.#mostPoints
    if (surplus > 0) {
      this.#points.splice(0, surplus)
      this.#givenUp += surplus
    }
  }

  /** Newest time (ms) in [from, to] of a point that waits; undefined when there is none. */
  newestWaiting(from: number, to: number): number | undefined {
    let newest: number | undefined
    for (const { time } of this.#points) {
      if (time >= from && time <= to && time > (newest ?? Number.NEGATIVE_INFINITY)) newest = time
    }
    return newest
  }

  /**
   * Stores all that waits, the points in one transaction, when it is time to (at once with `now`). False when
   * everything is kept: until somebody looks or it was kept long enough, or because the store cannot at present,
   * and then it is tried again by a call some seconds later.
   */
  flush({ now = false } = {}): boolean {
    if (!now && !this.#isTime()) return false
    try {
      this.#do(this.#declarations)
      this.#do(this.#reports)
      while (this.#points.length > 0) {
        const batch = this.#points.slice(0, batchPoints)
        this.#attempt(() => this.#store.append(batch))
        this.#points = this.#points.slice(batch.length)
      }
    } catch (error) {
      this.#wait(error)
      return false
    }
    this.#recover()
    return true
  }

  #isTime(): boolean {
    const monotonic = this.#clock.monotonic()
    if (this.#failing) return monotonic >= this.#retryAt
    const isLongEnough = monotonic - this.#storedAt >= this.#keepMs || this.#points.length >= batchPoints
    return isLongEnough || this.#isWatched()
  }

  #do(tasks: Map<string, Task>): void {
    for (const [category, task] of tasks) {
      this.#attempt(task)
      tasks.delete(category)
    }
  }

  /** Throws only what a later attempt may not; anything else would come again for ever. */
  #attempt(task: Task): void {
    try {
      task()
    } catch (error) {
      if (error instanceof Problem && error.code === 'unavailable') throw error
      this.#log(`generator: not stored: ${error instanceof Error ? (error.stack ?? error.message) : error}`)
    }
  }

  #wait(error: unknown): void {
    this.#retryAt = this.#clock.monotonic() + retryAfterMs
    const reason = error instanceof Error ? error.message : String(error)
    this.#noteProblem(reason)
    if (this.#failing) return
    this.#failing = true
    this.#log(`generator: cannot store: ${reason} New points wait in memory.`)
  }

  #recover(): void {
    this.#storedAt = this.#clock.monotonic()
    this.#noteProblem(null)
    if (!this.#failing) return
    this.#failing = false
    const lost = this.#givenUp > 0 ? `; ${this.#givenUp} points had to be given up` : ''
    this.#givenUp = 0
    this.#log(`generator: stores again${lost}`)
  }
}
