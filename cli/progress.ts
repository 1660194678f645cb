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

  /** How much is done, 0 to 1 (undefined where nobody knows), and what to say of it. */
  show(share: number | undefined, detail = ''): void {
    const now = performance.now()
    if (!this.#stream.isTTY || now - this.#shownAt < everyMs) return
    this.#shownAt = now
    const parts = [shareText(share), detail, leftText(share, now - this.#began)].filter((text) => text !== '')
    this.#stream.write(`\r\x1b[K${this.#what} ${parts.join(', ')}`)
  }

  /** Takes the line away, so that another can be written; the next `show` brings it back. */
  clear(): void {
    if (this.#shownAt === Number.NEGATIVE_INFINITY) return
    this.#stream.write('\r\x1b[K')
    this.#shownAt = Number.NEGATIVE_INFINITY
  }
}

const shareText = (share: number | undefined): string =>
  share === undefined ? '' : `${Math.floor(100 * Math.min(1, Math.max(0, share)))} %`

/** How long it will still take, once enough is done to tell. */
function leftText(share: number | undefined, passedMs: number): string {
  if (share === undefined || share <= 0.01 || passedMs <= 2000) return ''
  return `${formatValue(Math.round((passedMs / 1000) * (1 / share - 1)), 's')} left`
}

/** Lets signals and writes have their turn in the middle of long work. */
export const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
