// Runs every due gather once a round and stores what comes out in one transaction. A gather that throws, hangs or is
// slow costs the others nothing: it is waited for a moment, and what it brings later is stored later.

import { Announcer } from './announcer.ts'
import type { Facts } from './facts.ts'
import type { Failures } from './failures.ts'
import type { Machine } from './machine.ts'
import type { Outbox } from './outbox.ts'
import type { Outcome, Runner, RunnerRound } from './runner.ts'
import type { Sleep } from './sleep.ts'
import type { UsedTimes } from './used-times.ts'

export interface HostOptions {
  /** In the order of their cards. */
  runners: readonly Runner[]
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
  readonly #announcers: Map<Runner, Announcer>

  constructor(options: HostOptions) {
    this.#options = options
    this.#announcers = new Map(
      options.runners.map((runner) => [
        runner,
        new Announcer({ gather: runner.gather, everySeconds: runner.everyMs / 1000 }),
      ]),
    )
  }

  /** Words about the machine, which came to be known. */
  learn(facts: Facts): void {
    for (const announcer of this.#announcers.values()) announcer.learn(facts)
  }

  /**
   * Gathers and stores one round; `grid` is its moment (ms). False when it could not be stored yet.
   * Rejects only where the machine or the store cannot even be asked.
   */
  async round(grid: number): Promise<boolean> {
    const { runners, usedTimes, machine } = this.#options
    const due = runners.filter((runner) => runner.isDue(grid))
    const round: RunnerRound = { grid, time: usedTimes.take(grid), boot: machine.boot() }
    const done: Outcome[] = []
    const waiting: Promise<void>[] = []
    let isOver = false
    for (const runner of due) {
      const outcome = runner.run(round)
      if (!(outcome instanceof Promise)) done.push(outcome)
      else waiting.push(outcome.then((late) => void (isOver ? this.#store([late]) : done.push(late))))
    }
    if (waiting.length > 0) await this.#patience(waiting)
    isOver = true
    return this.#store(done.sort((a, b) => due.indexOf(a.runner) - due.indexOf(b.runner)))
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
      failures.note(outcome.runner.name, outcome.failure)
      outbox.add(outcome.runner.name, outcome.time, outcome.values)
    }
    return outbox.flush()
  }

  /** A category is made when it has something to show. */
  #announce({ runner, readings, failure }: Outcome): void {
    if (failure === null && Object.keys(readings).length === 0) return
    const announcement = this.#announcers.get(runner)?.next(readings)
    if (announcement) {
      this.#options.outbox.declare(runner.name, announcement.declaration, announcement.series)
    }
  }
}
