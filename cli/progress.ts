// One line that says how far a command is, written over itself, where a person looks on.

import { formatValue } from '../common/units.ts'

/** Written at most this often (ms). */
const everyMs = 100

export class Progress {
  readonly #what: string
  readonly #stream: NodeJS.WriteStream
  readonly #began = performance.now()
  #shownAt = Number.NEGATIVE_INFINITY

  /** `what` is said before the share, such as "copied". */
  constructor(what: string, stream: NodeJS.WriteStream = process.stderr) {
    this.#what = what
    this.#stream = stream
  }

  /** How much is done, 0 to 1, and what to say of it. */
  show(share: number, detail = ''): void {
    const now = performance.now()
    if (!this.#stream.isTTY || now - this.#shownAt < everyMs) return
    this.#shownAt = now
    const percent = Math.floor(100 * Math.min(1, Math.max(0, share)))
    const leftSeconds = ((now - this.#began) / 1000) * (1 / share - 1)
    const left =
      now - this.#began > 2000 && share > 0.01 ? `, ${formatValue(Math.round(leftSeconds), 's')} left` : ''
    this.#stream.write(`\r\x1b[K${this.#what} ${percent} %${detail === '' ? '' : `, ${detail}`}${left}`)
  }

  /** Takes the line away, so that another can be written; the next `show` brings it back. */
  clear(): void {
    if (this.#shownAt === Number.NEGATIVE_INFINITY) return
    this.#stream.write('\r\x1b[K')
    this.#shownAt = Number.NEGATIVE_INFINITY
  }
}

/** Lets signals and writes have their turn in the middle of long work. */
export const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
