// A clock and a sleep that stand still until a test turns them.

import type { Clock } from '../../../common/clock.ts'
import type { Sleep } from '../../../generator/sleep.ts'

interface Sleeper {
  at: number
  wake: () => void
}

export class FakeTime implements Clock {
  #monotonic = 0
  #offset: number
  #sleepers: Sleeper[] = []

  constructor(wall: number) {
    this.#offset = wall
  }

  now = (): number => Math.floor(this.#monotonic + this.#offset)
  monotonic = (): number => this.#monotonic

  sleep: Sleep = (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve()
      const sleeper: Sleeper = { at: this.#monotonic + ms, wake: resolve }
      this.#sleepers.push(sleeper)
      signal?.addEventListener('abort', () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper)
        resolve()
      })
    })

  /** Somebody sets the wall clock. */
  set(byMs: number): void {
    this.#offset += byMs
  }

  /** Time goes by, everybody wakes on time. */
  async advance(ms: number): Promise<void> {
    const until = this.#monotonic + ms
    await this.#settle()
    for (let next = this.#next(until); next; next = this.#next(until)) {
      this.#monotonic = Math.max(this.#monotonic, next.at)
      await this.#wake(next)
    }
    this.#monotonic = until
  }

  /** Time goes by while the machine stands still: whoever should have woken wakes now. */
  async stall(ms: number): Promise<void> {
    this.#monotonic += ms
    for (let next = this.#next(this.#monotonic); next; next = this.#next(this.#monotonic)) {
      await this.#wake(next)
    }
  }

  /** Time goes by in the midst of somebody's work. */
  spend(ms: number): void {
    this.#monotonic += ms
  }

  #next(until: number): Sleeper | undefined {
    return this.#sleepers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
  }

  async #wake(sleeper: Sleeper): Promise<void> {
    this.#sleepers = this.#sleepers.filter((other) => other !== sleeper)
    sleeper.wake()
    await this.#settle()
  }

  /** Lets everybody do what is to be done now, files read in the background included, until all sleep. */
  async #settle(): Promise<void> {
    for (let calm = 0; calm < 10; ) {
      const before = this.#sleepers.length
      await new Promise((resolve) => setImmediate(resolve))
      const isCalm = this.#sleepers.length === before && !isReadingFiles()
      calm = isCalm ? calm + 1 : 0
    }
  }
}

const isReadingFiles = (): boolean =>
  process.getActiveResourcesInfo().some((resource) => /^(FSReq|CloseReq)/.test(resource))
