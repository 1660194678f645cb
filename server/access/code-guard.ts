// The one place where codes are tried: whoever was wrong too often has to wait before the next one is even looked at.

import type { Context } from 'hono'
import { Problem } from '../../common/problem.ts'
import type { Services } from '../services.ts'
import { clientAddress } from './caller.ts'
import { TryLimit, tooManyTries } from './try-limit.ts'

const minute = 60_000
const limits = {
  perAddress: { tries: 10, windowMs: minute },
  overall: { tries: 100, windowMs: 60 * minute, few: 3 },
  everybody: { tries: 2000, windowMs: 60 * minute },
}

export class CodeGuard {
  readonly #services: Services
  readonly #limit = new TryLimit(limits)

  constructor(services: Services) {
    this.#services = services
  }

  /** What `attempt` answers. Throws a Problem for null, which counts as a wrong code, and for too many of them. */
  async try<T>(c: Context, attempt: () => T | null | Promise<T | null>, wrong: () => Problem): Promise<T> {
    const { clock } = this.#services
    const address = clientAddress(c, this.#services)
    const waitMs = this.#limit.waitMs(address, clock.monotonic())
    if (waitMs > 0) {
      c.header('Retry-After', String(Math.ceil(waitMs / 1000)))
      throw tooManyTries()
    }
    const result = await attempt()
    if (result !== null) return result
    this.#limit.failed(address, clock.monotonic())
    throw wrong()
  }
}

export const wrongCode = (): Problem =>
  new Problem('unauthorized', 'this code is wrong, used or too old: npm run pair shows a new one', {
    field: 'code',
  })
