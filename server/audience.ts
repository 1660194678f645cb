// Lets the generator know whether somebody looks: then it commits every round at once, otherwise it saves the disk.
// The mark expires by itself, so that a server that was killed keeps nobody busy.

import { createMiddleware } from 'hono/factory'
import { Problem } from '../common/problem.ts'
import type { Services } from './services.ts'

/** Whoever read so long ago (ms) still looks. */
const lookMs = 10_000
/** The mark is renewed at most this often. */
const renewMs = 5_000

export class Audience {
  readonly #services: Pick<Services, 'appStore' | 'clock'>
  /** By the monotonic clock. */
  #readAt = Number.NEGATIVE_INFINITY
  #markedAt = Number.NEGATIVE_INFINITY

  constructor(services: Pick<Services, 'appStore' | 'clock'>) {
    this.#services = services
  }

  /** Somebody reads the history now. */
  read(): void {
    this.#readAt = this.#services.clock.monotonic()
    this.stay()
  }

  /** Somebody has the live stream open: to be said every few seconds. */
  stay(): void {
    const monotonic = this.#services.clock.monotonic()
    if (monotonic - this.#markedAt < renewMs) return
    this.#markedAt = monotonic
    this.#mark(this.#services.clock.now() + lookMs + renewMs)
  }

  /** The last live stream has ended. */
  leave(): void {
    if (this.#services.clock.monotonic() - this.#readAt < lookMs) return
    this.#markedAt = Number.NEGATIVE_INFINITY
    this.#mark(0)
  }

  /** Where it cannot be written, the phone sees new points a little later. */
  #mark(until: number): void {
    try {
      this.#services.appStore.setWatched(until)
    } catch (error) {
      if (!(error instanceof Problem && error.code === 'unavailable')) throw error
    }
  }
}

/** For routes of the history: whoever asks them looks. */
export const noteReaders = (audience: Audience) =>
  createMiddleware(async (c, next) => {
    if (c.req.method === 'GET') audience.read()
    await next()
  })
