// Runs every due gather once a round and stores what comes out in one transaction. A gather that throws, hangs or is
// slow costs the others nothing: it is waited for a moment, and what it brings later is stored later.

import { Announcer } from './announcer.ts'
import type { Facts } from './facts.ts'
import type { Failures } from './failures.ts'
import type { Machine } from './machine.ts'
import type { Outbox } from './outbox.ts'
import type { Category, Outcome, RoundRunner, Runner, RunnerRound } from './runner.ts'
import type { Sleep } from './sleep.ts'
import type { UsedTimes } from './used-times.ts'

export interface HostOptions {
  /** In the order of their cards. */
  runners: readonly Runner[]
  /** Others that come and go, read after them. */
  guests?: () => readonly RoundRunner[]
  outbox: Outbox
  failures: Failures
  usedTimes: UsedTimes
  machine: Pick<Machine, 'boot'>
  sleep: Sleep
  stepMs: number
}

/** A round is stored no later than this for the sake of a slow gather. */
const mostPatienceMs = 250

export class Host {
  readonly #options: HostOptions
  readonly #announcers = new WeakMap<Category, Announcer>()

  constructor(options: HostOptions) {
    this.#options = options
  }

  /** Words about the machine, which came to be known. */
  learn(facts: Facts): void {
    for (const runner of this.#options.runners) this.#announcer(runner).learn(facts)
  }

  /**
   * Gathers and stores one round; `grid` is its moment (ms). False when it could not be stored yet.
   * Rejects only where the machine or the store cannot even be asked.
   */
  async round(grid: number): Promise<boolean> {
    const { runners, guests, usedTimes, machine } = this.#options
    const all: readonly RoundRunner[] = [...runners, ...(guests?.() ?? [])]
    const due = all.filter((runner) => runner.isDue(grid))
    const round: RunnerRound = { grid, time: usedTimes.take(grid), boot: machine.boot() }
    const done: (readonly Outcome[])[] = due.map(() => [])
    const waiting: Promise<void>[] = []
    let isOver = false
    for (const [index, runner] of due.entries()) {
      const outcome = runner.run(round)
      if (!(outcome instanceof Promise)) done[index] = [outcome]
      else {
        const answered = outcome.then((late: Outcome | readonly Outcome[]) => {
          const outcomes = [late].flat()
          if (isOver) this.#store(outcomes)
          else done[index] = outcomes
        })
        if (!runner.isSlow) waiting.push(answered)
      }
    }
    if (waiting.length > 0) await this.#patience(waiting)
    isOver = true
    return this.#store(done.flat())
  }

  /** Stores what is said outside of rounds, of cards mostly. */
  note(outcomes: readonly Outcome[]): void {
    this.#store(outcomes)
  }

  async #patience(waiting: readonly Promise<void>[]): Promise<void> {
    const { sleep, stepMs } = this.#options
    const enough = new AbortController()
    const tooLong = sleep(Math.min(stepMs / 4, mostPatienceMs), enough.signal)
    await Promise.race([Promise.all(waiting), tooLong])
    enough.abort()
  }

  #store(outcomes: readonly Outcome[]): boolean {
    const { outbox, failures } = this.#options
    for (const outcome of outcomes) {
      this.#announce(outcome)
      failures.note(outcome.category.name, outcome.failure)
      outbox.add(outcome.category.name, outcome.time, outcome.values)
    }
    return outbox.flush()
  }

  /** A category is made when it has something to show. */
  #announce({ category, readings, failure }: Outcome): void {
    if (failure === null && Object.keys(readings).length === 0) return
    const announcement = this.#announcer(category).next(readings)
    if (announcement) {
      this.#options.outbox.declare(category.name, announcement.declaration, announcement.series)
    }
  }

  #announcer(category: Category): Announcer {
    const known = this.#announcers.get(category)
    if (known) return known
    const { gather, everyMs } = category
    const announcer = new Announcer({ gather, everySeconds: everyMs / 1000 })
    this.#announcers.set(category, announcer)
    return announcer
  }
}
