// What is to be stored waits here until it is: a database that is busy or a disk that is full for a while costs no
// point, as long as the wait is bounded and memory is too.

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
  /** So many points may wait; then the oldest are given up. */
  mostPoints?: number
}

/** Points of one transaction while a long wait is made up for. */
const batchPoints = 5000
const retryAfterMs = 5000

type Task = () => void

export class Outbox {
  readonly #store: OutboxOptions['store']
  readonly #project: string
  readonly #clock: Clock
  readonly #log: (line: string) => void
  readonly #mostPoints: number
  /** The newest of each category, in order of their coming. */
  readonly #declarations = new Map<string, Task>()
  readonly #reports = new Map<string, Task>()
  #points: Point[] = []
  #givenUp = 0
  #failing = false
  #retryAt = Number.NEGATIVE_INFINITY

  constructor({ store, project, clock, log, mostPoints = 100_000 }: OutboxOptions) {
    this.#store = store
    this.#project = project
    this.#clock = clock
    this.#log = log
    this.#mostPoints = mostPoints
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

  /**
   * Stores all that waits, the points in one transaction. False when the store cannot at present: then everything
   * is kept, and tried again by a call some seconds later (at once with `now`).
   */
  flush({ now = false } = {}): boolean {
    if (!now && this.#clock.monotonic() < this.#retryAt) return false
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
    if (this.#failing) return
    this.#failing = true
    const reason = error instanceof Error ? error.message : String(error)
    this.#log(`generator: cannot store: ${reason} New points wait in memory.`)
  }

  #recover(): void {
    this.#retryAt = Number.NEGATIVE_INFINITY
    if (!this.#failing) return
    this.#failing = false
    const lost = this.#givenUp > 0 ? `; ${this.#givenUp} points had to be given up` : ''
    this.#givenUp = 0
    this.#log(`generator: stores again${lost}`)
  }
}
