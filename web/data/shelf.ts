// What was seen and is not on the screen now: holdings of other bucket lengths and other times are put aside, so that
// coming back to them, from the past to the present above all, shows them at once. What was used longest ago goes first.

import { endOf } from './holding.ts'
import { type Held, isTrusted, type Span } from './wanted.ts'

/** At most so many bytes of columns are kept. */
const mostBytes = 16 * 1024 * 1024
const bytesPerBucket = 4 * Float64Array.BYTES_PER_ELEMENT

interface Kept {
  category: string
  held: Held
}

/** How much of [from, to) is there, 0 to 1. */
export function coverage({ holding, until }: Held, { from, to }: Span): number {
  const end = Math.min(to, until, endOf(holding))
  return Math.max(0, end - Math.max(from, holding.from)) / (to - from)
}

export class Shelf {
  readonly #mostBytes: number
  /** Used longest ago first. */
  #kept: Kept[] = []

  constructor(bytes = mostBytes) {
    this.#mostBytes = bytes
  }

  /** Puts a holding aside, complete up to `now` (ms) at most: it grows no more. */
  put(category: string, held: Held, now: number): void {
    if (!isTrusted(held)) return
    const until = Math.min(held.until, endOf(held.holding), now)
    this.#kept.push({ category, held: { ...held, until } })
    let bytes = this.#kept.reduce((sum, kept) => sum + bytesOf(kept.held), 0)
    while (bytes > this.#mostBytes) {
      const oldest = this.#kept.shift()
      if (!oldest) return
      bytes -= bytesOf(oldest.held)
    }
  }

  /** Takes out what covers most of `window` with this bucket length, if it covers at least `least` and anything. */
  take(category: string, askedStepMs: number, window: Span, least: number): Held | null {
    const fitting = this.#kept.filter(
      (kept) => kept.category === category && kept.held.askedStepMs === askedStepMs,
    )
    const best = fitting.sort((a, b) => coverage(b.held, window) - coverage(a.held, window))[0]
    const share = best ? coverage(best.held, window) : 0
    if (!best || share === 0 || share < least) return null
    this.#kept = this.#kept.filter((kept) => kept !== best)
    return best.held
  }

  /** Forgets what touches [from, to): other points are there now. */
  forgetSpan({ from, to }: Span): void {
    this.#kept = this.#kept.filter(({ held }) => from >= held.until || to <= held.holding.from)
  }

  /** Forgets all of a category: it has other series now. */
  forgetCategory(category: string): void {
    this.#kept = this.#kept.filter((kept) => kept.category !== category)
  }

  clear(): void {
    this.#kept = []
  }
}

const bytesOf = ({ holding }: Held): number => holding.columns.size * holding.length * bytesPerBucket
