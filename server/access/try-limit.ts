// Guessing a pairing code must be hopeless, and guessers must not keep the owner out: after a few wrong codes an address
// has to wait, after many from wherever all those that were wrong before, and only after very many everybody.

import { isIPv6 } from 'node:net'
import { Problem } from '../../common/problem.ts'

export interface Limit {
  tries: number
  windowMs: number
}

export interface TryLimits {
  perAddress: Limit
  /** From wherever. Addresses that have failed fewer than `few` times inside the window are let try all the same. */
  overall: Limit & { few: number }
  /** From wherever, without exception. */
  everybody: Limit
}

/** Addresses remembered at most; the oldest is forgotten, the limits for all still hold. */
const mostAddresses = 10_000

export class TryLimit {
  readonly #limits: TryLimits
  /** Times (monotonic ms) of failures, from wherever. */
  readonly #all: number[] = []
  /** The same by network. */
  readonly #own = new Map<string, number[]>()

  constructor(limits: TryLimits) {
    this.#limits = limits
  }

  /** Milliseconds that `address` has to wait before its next try; 0: it may try now. */
  waitMs(address: string, now: number): number {
    const { perAddress, overall, everybody } = this.#limits
    const own = this.#own.get(networkOf(address)) ?? []
    const recent = own.filter((time) => time > now - overall.windowMs)
    return Math.max(
      waitFor(own, perAddress, now),
      recent.length < overall.few ? 0 : waitFor(this.#all, overall, now),
      waitFor(this.#all, everybody, now),
    )
  }

  failed(address: string, now: number): void {
    const { perAddress, overall, everybody } = this.#limits
    const network = networkOf(address)
    const own = this.#own.get(network) ?? []
    this.#own.delete(network)
    this.#own.set(network, [...own, now].slice(-Math.max(perAddress.tries, overall.few)))
    this.#all.push(now)
    if (this.#all.length > Math.max(everybody.tries, overall.tries)) this.#all.shift()
    const [oldest] = this.#own.keys()
    if (this.#own.size > mostAddresses && oldest !== undefined) this.#own.delete(oldest)
  }
}

const waitFor = (times: readonly number[], { tries, windowMs }: Limit, now: number): number =>
  Math.max(0, (times.at(-tries) ?? Number.NEGATIVE_INFINITY) + windowMs - now)

/** An address itself; of IPv6 the first half, for whoever has one such address has all that begin like it. */
export function networkOf(address: string): string {
  const plain = address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '')
  if (!isIPv6(plain)) return plain
  const [head = '', tail] = plain.toLowerCase().split('::')
  const groups = head.split(':').filter((group) => group !== '')
  const rest = tail?.split(':').filter((group) => group !== '') ?? []
  const zeros = Array.from({ length: Math.max(0, 8 - groups.length - rest.length) }, () => '0')
  return [...groups, ...zeros, ...rest].slice(0, 4).join(':')
}

export const tooManyTries = (): Problem =>
  new Problem('too-many', 'too many wrong codes: wait a little, then try again')
