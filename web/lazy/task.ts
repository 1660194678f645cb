// Something that a sheet does when it is asked to: meanwhile it is busy, and what goes wrong stands in it as a sentence.

import { ApiError } from '../data/api.ts'

export class Task {
  busy = false
  /** What went wrong at last; null: nothing. */
  failure: string | null = null
  readonly #changed: () => void

  /** `changed` is called whenever `busy` or `failure` is other than before. */
  constructor(changed: () => void) {
    this.#changed = changed
  }

  /** What went wrong is not worth telling. */
  forgive(): void {
    this.failure = null
    this.#changed()
  }

  /** Does the work unless some is under way already; true when it went well. */
  async run(work: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false
    ;[this.busy, this.failure] = [true, null]
    this.#changed()
    try {
      await work()
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      this.failure = error.message
    } finally {
      this.busy = false
      this.#changed()
    }
    return this.failure === null
  }
}
