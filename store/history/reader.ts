// Answers with one bucket per few pixels. Each stretch of the window is read from the longest level that fits the
// buckets and is up to date there, the rest from shorter ones, down to points in chunks and in memory: no seam, and
// work that follows the pixels and not the years.

import type { Block } from '../codec/block.ts'
import { between, overlay, rowAt } from './blocks.ts'
import type { Chunks } from './chunks.ts'
import { ceilTo, floorTo } from './levels.ts'
import type { Sink } from './sink.ts'
import type { CategoryState } from './state.ts'

/** A stretch of time [from, to). */
export type Span = readonly [from: number, to: number]

export class Reader {
  readonly #chunks: Chunks

  constructor(chunks: Chunks) {
    this.#chunks = chunks
  }

  /** Adds everything in the sink's grid that the category has. */
  fill(sink: Sink, state: CategoryState): void {
    const from = Math.max(sink.grid.from, state.prunedTo)
    const { to } = sink
    if (from >= to) return
    const level = state.levels.findLastIndex(({ step }) => sink.grid.stepMs % step === 0)
    this.#read(level, from, to, state, sink)
    this.#addGivenUp(sink, state, from, to)
  }

  /** Sealed points and the newest ones in [from, to), each series and time once. */
  points(state: CategoryState, from: number, to: number): Block {
    const start = Math.max(from, state.prunedTo, state.rawFrom)
    const sealed = this.#chunks
      .overlapping(state.category, 0, start, to)
      .map((ref) => between(this.#chunks.block(ref), start, to))
    return overlay([...sealed, between(state.head.block(), start, to)])
  }

  /** Buckets of a level, or points, in [from, to), from chunks alone. */
  sealed(state: CategoryState, step: number, from: number, to: number): Block[] {
    return this.#chunks
      .overlapping(state.category, step, from, to)
      .map((ref) => between(this.#chunks.block(ref), from, to))
  }

  /** Adds [from, to) from level `index` and those below it; -1 stands for points. */
  #read(index: number, from: number, to: number, state: CategoryState, sink: Sink): void {
    if (from >= to) return
    const level = state.levels[index]
    if (!level) {
      this.#readPoints(from, to, state, sink)
      return
    }
    const { step } = level
    const start = Math.min(ceilTo(from, step), to)
    const end = Math.max(start, Math.min(to, level.builtTo))
    this.#read(index - 1, from, start, state, sink)
    let at = start
    for (const [badFrom, badTo] of this.#outOfDate(state, index, start, end)) {
      this.#readLevel(step, at, badFrom, state, sink)
      this.#read(index - 1, badFrom, badTo, state, sink)
      at = badTo
    }
    this.#readLevel(step, at, end, state, sink)
    this.#read(index - 1, end, to, state, sink)
  }

  #readLevel(step: number, from: number, to: number, state: CategoryState, sink: Sink): void {
    if (from >= to) return
    for (const ref of this.#chunks.overlapping(state.category, step, from, to)) {
      const block = this.#chunks.block(ref)
      sink.addBlock(block, rowAt(block, from), rowAt(block, to))
    }
  }

  #readPoints(from: number, to: number, state: CategoryState, sink: Sink): void {
    const start = Math.max(from, state.rawFrom)
    const { head } = state
    if (start >= to) return
    if (head.first < to && head.last >= start && (!head.inOrder || head.first <= state.last)) {
      const block = this.points(state, start, to)
      sink.addBlock(block, 0, block.times.length)
      return
    }
    this.#readLevel(0, start, to, state, sink)
    for (let i = 0; i < head.length; i++) {
      const time = head.times[i] as number
      if (time >= start && time < to) sink.addPoint(head.series[i] as number, time, head.values[i] as number)
    }
  }

  /** Stretches of [from, to), in whole buckets, where a level does not know the newest points yet. */
  #outOfDate(state: CategoryState, index: number, from: number, to: number): Span[] {
    const step = state.levels[index]?.step ?? 1
    const spans: Span[] = []
    for (const { step: staleStep, start, end } of state.stale) {
      if (staleStep <= step && start < to && end > from) spans.push([start, end])
    }
    const { head } = state
    if (head.first < to) {
      for (let i = 0; i < head.length; i++) {
        const time = head.times[i] as number
        if (time >= from && time < to && time >= state.rawFrom) spans.push([time, time + 1])
      }
    }
    return inBuckets(spans, step, from, to)
  }

  /** Points that came after their time's raw data was given up: they are added to what the levels know. */
  #addGivenUp(sink: Sink, state: CategoryState, from: number, to: number): void {
    const { head, rawFrom } = state
    if (head.first >= rawFrom) return
    for (let i = 0; i < head.length; i++) {
      const time = head.times[i] as number
      if (time < rawFrom && time >= from && time < to) {
        sink.addPoint(head.series[i] as number, time, head.values[i] as number)
      }
    }
  }
}

/** Spans widened to whole buckets, merged, within [from, to). */
function inBuckets(spans: Span[], step: number, from: number, to: number): Span[] {
  const merged: [number, number][] = []
  for (const [start, end] of spans.sort((a, b) => a[0] - b[0])) {
    const wide: [number, number] = [Math.max(from, floorTo(start, step)), Math.min(to, ceilTo(end, step))]
    const before = merged.at(-1)
    if (before && wide[0] <= before[1]) before[1] = Math.max(before[1], wide[1])
    else merged.push(wide)
  }
  return merged
}
