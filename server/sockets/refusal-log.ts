// Whoever writes to a socket hears no answer: what is refused is told in the log, once a minute and not a line each.

import type { Clock } from '../../common/clock.ts'

const everyMs = 60_000

export class RefusalLog {
  readonly #name: string
  readonly #clock: Clock
  readonly #log: (line: string) => void
  #quietUntil = Number.NEGATIVE_INFINITY
  #untold = 0

  constructor(name: string, { clock, log }: { clock: Clock; log: (line: string) => void }) {
    this.#name = name
    this.#clock = clock
    this.#log = log
  }

  refused(machine: string, reason: string): void {
    const now = this.#clock.monotonic()
    if (now < this.#quietUntil) {
      this.#untold++
      return
    }
    this.#quietUntil = now + everyMs
    const more = this.#untold > 0 ? ` (and ${this.#untold} more since the last such line)` : ''
    this.#untold = 0
    this.#log(`${this.#name}: refused from ${machine}: ${reason}${more}`)
  }
}
