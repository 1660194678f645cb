// One gather's life: when it is due, whether it still runs, what came out of it, and whether that was a failure.
// Nothing that a gather does gets past this file.

import type { Clock } from '../common/clock.ts'
import { checkReadings } from './check-readings.ts'
import type { Gather, Readings } from './gather.ts'
import type { GatherReader } from './gather-reader.ts'
import { secondsOf } from './precision.ts'
import { Rates } from './rate.ts'

/** What is shown as one card. */
export interface Category {
  readonly name: string
  readonly gather: CategoryGather
  readonly everyMs: number
}

/** What a category says of itself. */
export type CategoryGather = Pick<Gather, 'help' | 'unit' | 'graph' | 'min' | 'max' | 'about'>

export interface Outcome {
  readonly category: Category
  /** Time (ms) of its points. */
  readonly time: number
  /** None: it failed, or the machine has no such thing. */
  readonly readings: Readings
  /** What is to be stored, by label. */
  readonly values: ReadonlyMap<string, number>
  /** Why it failed, in words for people; null when it did not. */
  readonly failure: string | null
}

/** A round as a gather sees it. */
export interface RunnerRound {
  readonly grid: number
  readonly time: number
  readonly boot: string
}

/** Whatever is to be read round after round. */
export interface RoundRunner {
  /** The round is not to wait for it: what it brings is stored when it comes. */
  readonly isSlow?: boolean
  isDue(grid: number): boolean
  /** Never throws or rejects. Several outcomes are several categories. */
  run(round: RunnerRound): Outcome | Promise<Outcome> | Promise<readonly Outcome[]>
}

export interface RunnerOptions {
  name: string
  gather: Gather
  stepMs: number
  clock: Clock
  read: GatherReader
}

const nothing: ReadonlyMap<string, number> = new Map()

/** Longer messages of failures are cut: they stand on a card. */
const longestMessage = 500

export class Runner implements RoundRunner, Category {
  readonly name: string
  readonly gather: Gather
  readonly everyMs: number
  /** Of the newest reading: how long it took, and whether it succeeded; undefined before the first is done. */
  last: { seconds: number; good: boolean } | undefined
  /** Why its newest reading failed; null when it did not. */
  failure: string | null = null
  /** Series of its newest reading. */
  series = 0
  readonly #clock: Clock
  readonly #read: GatherReader
  readonly #rates: Rates
  #lastSlot: number | undefined
  #running = false

  constructor({ name, gather, stepMs, clock, read }: RunnerOptions) {
    this.name = name
    this.gather = gather
    // A multiple of the step, so that its moments are rounds.
    this.everyMs = Math.max(1, Math.ceil((gather.every * 1000) / stepMs)) * stepMs
    this.#clock = clock
    this.#read = read
    this.#rates = new Rates({ kind: gather.kind, unit: gather.unit, everyMs: this.everyMs })
  }

  /** True once in each of its intervals. */
  isDue(grid: number): boolean {
    return Math.floor(grid / this.everyMs) !== this.#lastSlot
  }

  /** One reading. At once, or later where the gather waits for something; never throws or rejects. */
  run(round: RunnerRound): Outcome | Promise<Outcome> {
    this.#lastSlot = Math.floor(round.grid / this.everyMs)
    if (this.#running) {
      this.last = { seconds: this.last?.seconds ?? 0, good: false }
      return this.#failed(round, `has not answered within ${this.everyMs / 1000} s`)
    }
    const began = this.#clock.monotonic()
    try {
      const answer = this.#read(this.gather)
      return answer instanceof Promise
        ? this.#wait(answer, round, began)
        : this.#answered(answer, round, began)
    } catch (error) {
      return this.#threw(error, round, began)
    }
  }

  async #wait(answer: Promise<Readings | null>, round: RunnerRound, began: number): Promise<Outcome> {
    this.#running = true
    try {
      return this.#answered(await answer, round, began)
    } catch (error) {
      return this.#threw(error, round, began)
    } finally {
      this.#running = false
    }
  }

  #answered(answer: unknown, round: RunnerRound, began: number): Outcome {
    const at = this.#clock.monotonic()
    const { readings, failure: mistake } = checkReadings(answer)
    const values = this.#rates.next(readings, { at, boot: round.boot })
    const failure = mistake ?? this.#tooSlow(at - began)
    this.last = { seconds: secondsOf(at - began), good: failure === null }
    this.failure = failure
    this.series = values.size
    return { category: this, time: round.time, readings, values, failure }
  }

  #threw(error: unknown, round: RunnerRound, began: number): Outcome {
    this.last = { seconds: secondsOf(this.#clock.monotonic() - began), good: false }
    const message = error instanceof Error ? error.message : String(error)
    return this.#failed(round, message.slice(0, longestMessage))
  }

  #failed(round: RunnerRound, failure: string): Outcome {
    this.failure = failure
    return { category: this, time: round.time, readings: {}, values: nothing, failure }
  }

  #tooSlow(tookMs: number): string | null {
    if (tookMs <= this.everyMs) return null
    return `took ${(tookMs / 1000).toFixed(1)} s, longer than its interval of ${this.everyMs / 1000} s`
  }
}
