// Guessing a pairing code must be hopeless: after a few wrong ones an address has to wait, and after many from
// wherever everybody has.

import { Problem } from '../../common/problem.ts'

export interface Limit {
  tries: number
  windowMs: number
}

const everybody = ''
/** Addresses remembered at most; the oldest is forgotten, the limit for everybody still holds. */
const mostAddresses = 10_000

export class TryLimit {
  readonly #perAddress: Limit
  readonly #overall: Limit
  /** Address to the times (monotonic ms) of its failures inside the window. */
  readonly #failures = new Map<string, number[]>()

  constructor({ perAddress, overall }: { perAddress: Limit; overall: Limit }) {
    this.#perAddress = perAddress
    this.#overall = overall
  }

  /** Milliseconds that `address` has to wait before its next try; 0: it may try now. */
  waitMs(address: string, now: number): number {
    return Math.max(
      this.#waitFor(address, this.#perAddress, now),
      this.#waitFor(everybody, this.#overall, now),
    )
  }

  failed(address: string, now: number): void {
    this.#note(address, this.#perAddress, now)
    this.#note(everybody, this.#overall, now)
    if (this.#failures.size > mostAddresses) this.#forgetOldest()
  }

  #waitFor(who: string, { tries, windowMs }: Limit, now: number): number {
    const recent = (this.#failures.get(who) ?? []).filter((time) => time > now - windowMs)
    const oldest = recent.at(-tries)
    return oldest === undefined ? 0 : oldest + windowMs - now
  }

  #note(who: string, { tries, windowMs }: Limit, now: number): void {
    const recent = (this.#failures.get(who) ?? []).filter((time) => time > now - windowMs)
    this.#failures.delete(who)
    this.#failures.set(who, [...recent, now].slice(-tries))
  }

  #forgetOldest(): void {
    for (const who of this.#failures.keys()) {
      if (who === everybody) continue
      this.#failures.delete(who)
      return
    }
  }
}

export const tooManyTries = (): Problem =>
  new Problem('too-many', 'too many wrong codes: wait a little, then try again')
