// Random words that a passkey has to sign: each counts once, soon, and for whom it was made.

import type { Clock } from '../../common/clock.ts'

const lifeMs = 5 * 60_000
/** Anybody may ask for one: the oldest is forgotten. */
const most = 1000

export class Challenges {
  readonly #clock: Pick<Clock, 'monotonic'>
  /** Challenge to its device (null: whoever signs in) and end. */
  readonly #open = new Map<string, { device: number | null; until: number }>()

  constructor(clock: Pick<Clock, 'monotonic'>) {
    this.#clock = clock
  }

  add(challenge: string, device: number | null): void {
    const [oldest] = this.#open.keys()
    if (this.#open.size >= most && oldest !== undefined) this.#open.delete(oldest)
    this.#open.set(challenge, { device, until: this.#clock.monotonic() + lifeMs })
  }

  /** True once, for one that was made for this device and is not too old. */
  take(challenge: string, device: number | null): boolean {
    const found = this.#open.get(challenge)
    this.#open.delete(challenge)
    return found !== undefined && found.device === device && this.#clock.monotonic() < found.until
  }
}
