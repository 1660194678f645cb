// Which categories' gathers fail at present: said once in the log when it begins and once when it ends, and shown on
// the category's card as long as it lasts. Who fails every other round fills no log: a beginning is said once a minute.

import type { Clock } from '../common/clock.ts'
import type { Outbox } from './outbox.ts'

export interface FailuresOptions {
  outbox: Pick<Outbox, 'report'>
  clock: Clock
  log: (line: string) => void
  /** Failures by category that an earlier run left in the store. */
  known: ReadonlyMap<string, string>
}

/** What the log says of a category: that it fails, or that it works again, and when (monotonic ms) it last began. */
interface Said {
  failing: boolean
  beganAt: number
}

const betweenBeginningsMs = 60_000
const never = Number.NEGATIVE_INFINITY

export class Failures {
  readonly #outbox: FailuresOptions['outbox']
  readonly #clock: Clock
  readonly #log: (line: string) => void
  readonly #messages: Map<string, string>
  readonly #said: Map<string, Said>

  constructor({ outbox, clock, log, known }: FailuresOptions) {
    this.#outbox = outbox
    this.#clock = clock
    this.#log = log
    this.#messages = new Map(known)
    this.#said = new Map([...known.keys()].map((category) => [category, { failing: true, beganAt: never }]))
  }

  /** What became of a category's newest reading: why it failed, or null. */
  note(category: string, message: string | null): void {
    if (message !== (this.#messages.get(category) ?? null)) {
      this.#outbox.report(category, message, this.#clock.now())
      if (message === null) this.#messages.delete(category)
      else this.#messages.set(category, message)
    }
    this.#say(category, message)
  }

  #say(category: string, message: string | null): void {
    const { failing, beganAt } = this.#said.get(category) ?? { failing: false, beganAt: never }
    if (failing === (message !== null)) return
    const monotonic = this.#clock.monotonic()
    if (message === null) this.#log(`generator: ${category} works again`)
    else if (monotonic - beganAt >= betweenBeginningsMs) this.#log(`generator: ${category} fails: ${message}`)
    else return
    this.#said.set(category, { failing: !failing, beganAt: failing ? beganAt : monotonic })
  }

  /** Ends the failures of categories that nobody gathers any more. */
  forgetAllBut(categories: ReadonlySet<string>): void {
    for (const category of [...this.#messages.keys()]) {
      if (categories.has(category)) continue
      this.#messages.delete(category)
      this.#said.delete(category)
      this.#outbox.report(category, null, this.#clock.now())
    }
  }
}
