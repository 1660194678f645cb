// Made-up series whose value at any moment is a plain function of that moment, so that any window and any bucket
// length show the same history.

import { bucketStep } from '../../../common/ladder.ts'
import type { GraphColumns, GraphData } from '../../../web/graph/graph.ts'

export type Signal = (time: number) => number

/** Repeatable noise from 0 to 1 for an integer. */
function noise(n: number): number {
  let x = Math.imul(n ^ (n >>> 16), 0x45d9f3b)
  x = Math.imul(x ^ (x >>> 16), 0x45d9f3b)
  return ((x ^ (x >>> 16)) >>> 0) / 2 ** 32
}

const wave = (time: number, period: number, phase: number): number =>
  0.5 + 0.5 * Math.sin((2 * Math.PI * time) / period + phase)

/** A load between `low` and `high` with slow waves, noise and now and then a spike. */
export const busy =
  (seed: number, low: number, high: number): Signal =>
  (time) => {
    const second = Math.floor(time / 1000)
    const spike = noise(seed * 7919 + Math.floor(second / 47)) > 0.96 ? 0.5 : 0
    const slow = 0.25 * wave(time, 300_000 + seed * 41_000, seed) + 0.2 * wave(time, 3_600_000, seed * 2)
    return low + (high - low) * Math.min(1, slow + spike + 0.18 * noise(seed * 104_729 + second))
  }

/** No points in the given spans. */
export const gappy =
  (signal: Signal, ...gaps: readonly (readonly [from: number, to: number])[]): Signal =>
  (time) =>
    gaps.some(([from, to]) => time >= from && time < to) ? Number.NaN : signal(time)

/** Buckets of signals (by series id) as a server would answer: nothing after `now`, at most `buckets` of them. */
export function query(
  signals: ReadonlyMap<number, Signal>,
  { from, to, now, buckets }: { from: number; to: number; now: number; buckets: number },
): GraphData {
  const everyMs = 1000
  const stepMs = bucketStep(from, to, buckets, everyMs)
  const start = Math.floor(from / stepMs) * stepMs
  const length = Math.ceil(to / stepMs) - start / stepMs
  const columns = new Map(
    [...signals].map(([id, signal]) => [id, sum(signal, { start, stepMs, length, now })]),
  )
  return { from: start, stepMs, length, everyMs, columns }
}

function sum(
  signal: Signal,
  { start, stepMs, length, now }: { start: number; stepMs: number; length: number; now: number },
): GraphColumns {
  const columns: GraphColumns = {
    count: new Float64Array(length),
    min: new Float64Array(length).fill(Number.NaN),
    mean: new Float64Array(length).fill(Number.NaN),
    max: new Float64Array(length).fill(Number.NaN),
  }
  const samples = Math.min(stepMs / 1000, 60)
  for (let i = 0; i < length; i++) {
    const values: number[] = []
    for (let n = 0; n < samples; n++) {
      const time = start + (i + n / samples) * stepMs
      const value = time <= now ? signal(Math.floor(time / 1000) * 1000) : Number.NaN
      if (!Number.isNaN(value)) values.push(value)
    }
    if (values.length === 0) continue
    columns.count[i] = values.length
    columns.min[i] = Math.min(...values)
    columns.max[i] = Math.max(...values)
    columns.mean[i] = values.reduce((total, value) => total + value, 0) / values.length
  }
  return columns
}
