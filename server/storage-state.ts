// Whether points can be stored at present, and if not, why: what the generator says of its own, and what this server
// had to refuse; and whether there is little room left.

import { Problem } from '../common/problem.ts'
import type { Storage } from '../common/wire.ts'
import { lowDiskBytes } from '../store/history/space.ts'
import type { Services } from './services.ts'

/** A refusal stands for so long (ms), if nothing is stored before: after that nobody knows. */
const refusalLifeMs = 60_000
/** The disk is asked at most this often (ms). */
const askEveryMs = 2000

export class StorageState {
  readonly #services: Pick<Services, 'appStore' | 'clock' | 'freeBytes'>
  #low = { is: false, at: Number.NEGATIVE_INFINITY }
  #refusal: { message: string; at: number } | null = null

  constructor(services: Pick<Services, 'appStore' | 'clock' | 'freeBytes'>) {
    this.#services = services
  }

  /** The state now. */
  get(): Storage {
    const message = this.#ofGenerator() ?? this.#ownRefusal()
    return { ok: message === null, message, low: this.#isLow() }
  }

  refused(message: string): void {
    this.#refusal = { message, at: this.#services.clock.monotonic() }
  }

  accepted(): void {
    this.#refusal = null
  }

  #isLow(): boolean {
    const at = this.#services.clock.monotonic()
    if (at - this.#low.at >= askEveryMs) this.#low = { is: this.#services.freeBytes() < lowDiskBytes, at }
    return this.#low.is
  }

  #ofGenerator(): string | null {
    try {
      return this.#services.appStore.storageProblem()
    } catch (error) {
      if (error instanceof Problem && error.code === 'unavailable') return error.message
      throw error
    }
  }

  #ownRefusal(): string | null {
    if (!this.#refusal) return null
    const { message, at } = this.#refusal
    return this.#services.clock.monotonic() - at < refusalLifeMs ? message : null
  }
}
