// Which categories' gathers fail at present: said once in the log when it begins and once when it ends, and shown on
// the category's card as long as it lasts.

import type { Clock } from '../common/clock.ts'
import type { Outbox } from './outbox.ts'

export interface FailuresOptions {
  outbox: Pick<Outbox, 'report'>
  clock: Clock
  log: (line: string) => void
  /** Failures by category that an earlier run left in the store. */
  known: ReadonlyMap<string, string>
}

export class Failures {
  readonly #outbox: FailuresOptions['outbox']
  readonly #clock: Clock
  readonly #log: (line: string) => void
  readonly #messages: Map<string, string>

  constructor({ outbox, clock, log, known }: FailuresOptions) {
    this.#outbox = outbox
    this.#clock = clock
    this.#log = log
    this.#messages = new Map(known)
  }

  /** What became of a category's newest reading: why it failed, or null. */
  note(category: string, message: string | null): void {
    const known = this.#messages.get(category) ?? null
    if (message === known) return
    this.#outbox.report(category, message, this.#clock.now())
    if (message === null) this.#messages.delete(category)
    else this.#messages.set(category, message)
    if (message === null) this.#log(`generator: ${category} works again`)
    else if (known === null) this.#log(`generator: ${category} fails: ${message}`)
  }

  /** Ends the failures of categories that nobody gathers any more. */
  forgetAllBut(categories: ReadonlySet<string>): void {
    for (const category of [...this.#messages.keys()]) {
      if (categories.has(category)) continue
      this.#messages.delete(category)
      this.#outbox.report(category, null, this.#clock.now())
    }
  }
}
