// Asks one server for windows of history again and again and keeps the times.

import { bucketStep } from '../../common/ladder.ts'
import type { PeerQuery } from './peers/peer.ts'
import { quantile } from './statistics.ts'

export interface Timing {
  p50: number
  p99: number
}

export interface TimingOptions {
  category: string
  /** Length of the window, ms. */
  windowMs: number
  /** No window ends later. */
  end: number
  queries: number
  /** Slow peers stop here, after at least three queries. */
  patienceMs?: number
}

const buckets = 400
/** Servers that have run for a while have compiled what they run. */
const warmQueries = 300
const warmPatienceMs = 5000
const leastQueries = 3
/** Windows end up to this share of their length before `end`, so that no two questions are the same. */
const shiftShare = 0.05

/** Milliseconds of queries one after another, each for another window of the same length, after some to warm up. */
export async function timeQueries(
  ask: (query: PeerQuery) => Promise<number>,
  { category, windowMs, end, queries, patienceMs = 20_000 }: TimingOptions,
): Promise<Timing> {
  let turn = 0
  const askNext = (): Promise<number> => ask(shifted(category, windowMs, end, turn++))
  const warmUntil = performance.now() + Math.min(warmPatienceMs, patienceMs)
  while (turn < warmQueries && performance.now() < warmUntil) await askNext()

  const took: number[] = []
  const until = performance.now() + patienceMs
  while (took.length < queries && (took.length < leastQueries || performance.now() < until)) {
    took.push(await askNext())
  }
  return { p50: quantile(took, 0.5), p99: quantile(took, 0.99) }
}

/** A window aligned to its buckets, about 360 of which fill it. */
export function shifted(category: string, windowMs: number, end: number, turn: number): PeerQuery {
  const stepMs = bucketStep(0, windowMs, buckets - 1)
  const share = (turn * 0.618_034) % 1
  const to = Math.floor((end - share * shiftShare * windowMs) / stepMs) * stepMs
  return { category, from: to - Math.floor(windowMs / stepMs) * stepMs, to, stepMs }
}
