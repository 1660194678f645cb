// Which buckets a window needs: their length from its span and the graphs' pixels, and what of them is still missing.
// All windows of one span want the same bucket length wherever they lie, so that panning asks only for the new edge.

import { bucketLadderMs } from '../../common/ladder.ts'
import type { Holding } from './holding.ts'

export interface Span {
  /** [from, to) in ms. */
  from: number
  to: number
}

/** A holding, and for which bucket length it was asked: a slow category answers with longer ones. */
export interface Held {
  holding: Holding
  askedStepMs: number
  /** Nothing is missing up to here (ms); infinite while live points go on growing it. */
  until: number
  /** From an earlier visit: shown until an answer comes, but asked for all the same. */
  doubtful?: true
}

/** Whether what it holds need not be asked for. */
export const isTrusted = ({ askedStepMs, doubtful }: Held): boolean => askedStepMs > 0 && !doubtful

/**
 * The shortest bucket length (ms) with which any window of `span` ms, however it lies, takes fewer than `pixels`
 * buckets.
 */
export function stepFor(span: number, pixels: number): number {
  const fits = bucketLadderMs.find((step) => Math.ceil(span / step) + 2 <= pixels)
  return fits ?? Math.max(...bucketLadderMs)
}

/** The whole buckets that [from, to) touches. */
export const aligned = ({ from, to }: Span, stepMs: number): Span => ({
  from: Math.floor(from / stepMs) * stepMs,
  to: Math.ceil(to / stepMs) * stepMs,
})

/** What of `wanted` is not there yet; null: nothing. */
export function missing(held: Held | undefined, wanted: Span, stepMs: number): Span | null {
  if (!held || held.doubtful || held.askedStepMs !== stepMs) return wanted
  const { from, stepMs: ownStepMs } = held.holding
  const to = held.until
  const left = wanted.from < from
  const right = wanted.to > to
  if (!left && !right) return null
  if (left && right) return wanted
  // Apart from what is there: asked whole, or a hole would stay between.
  if (wanted.to < from || wanted.from > to) return wanted
  // The last bucket that is there may have been cut off in its middle.
  return left ? { from: wanted.from, to: from } : { from: to - ownStepMs, to: wanted.to }
}

/**
 * A question for [from, to) that is answered with buckets of `stepMs`, or with a slow category's own length whatever
 * part of the window it asks for: there must be room for one bucket more than fit, for longer buckets may begin
 * before and end after, and at least three, so that this room does not allow the next shorter length of the ladder.
 */
export function question(span: Span, stepMs: number): Span & { buckets: number } {
  const { from, to } = aligned(span, stepMs)
  const start = Math.min(from, to - leastBuckets * stepMs)
  return { from: start, to, buckets: Math.round((to - start) / stepMs) + 1 }
}

const leastBuckets = 3

/** The shortest span that covers all of `spans`; null for none. */
export function hull(spans: readonly Span[]): Span | null {
  if (spans.length === 0) return null
  return {
    from: Math.min(...spans.map(({ from }) => from)),
    to: Math.max(...spans.map(({ to }) => to)),
  }
}
