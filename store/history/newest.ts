// The newest value of every series, now or at a moment in the past, and the first and last time of a category: from
// memory where they are new, else from a chunk or two.

import { columnOf } from './blocks.ts'
import type { Chunks } from './chunks.ts'
import type { Head } from './head.ts'
import { floorTo } from './levels.ts'
import type { Reader } from './reader.ts'
import type { CategoryState, TimedValue } from './state.ts'

export interface Edges {
  firstTime: number | null
  lastTime: number | null
}

export class Newest {
  readonly #reader: Reader
  readonly #chunks: Chunks

  constructor(reader: Reader, chunks: Chunks) {
    this.#reader = reader
    this.#chunks = chunks
  }

  /** The newest value of every series, by id. */
  latest({ newest, head, prunedTo }: CategoryState): Map<number, TimedValue> {
    const found = new Map<number, TimedValue>()
    for (const [series, { time, value }] of newest) if (time >= prunedTo) found.set(series, { time, value })
    for (let i = 0; i < head.length; i++) {
      const series = head.series[i] as number
      const time = head.times[i] as number
      if (time >= (found.get(series)?.time ?? prunedTo))
        found.set(series, { time, value: head.values[i] as number })
    }
    return found
  }

  /** The newest value in [from, to] of every series that has one there; a bucket's mean where points were given up. */
  within(state: CategoryState, from: number, to: number): Map<number, TimedValue> {
    const found = new Map<number, TimedValue>()
    const points = this.#reader.points(state, from, to + 1)
    for (const [index, id] of points.ids.entries()) {
      const row = points.columns[index]?.findLastIndex((value) => !Number.isNaN(value)) ?? -1
      if (row < 0) continue
      found.set(id, { time: points.times[row] as number, value: points.columns[index]?.[row] as number })
    }
    if (from < state.rawFrom) this.#addMeans(state, from, to, found)
    return found
  }

  edges(state: CategoryState): Edges {
    const { head, prunedTo, first, last } = state
    let [firstTime, lastTime] = [this.#firstSealed(state, first), last]
    firstTime = Math.min(firstTime, firstInHead(head, prunedTo))
    lastTime = Math.max(lastTime, head.last)
    if (lastTime < prunedTo || lastTime < firstTime) return { firstTime: null, lastTime: null }
    return { firstTime, lastTime }
  }

  /** The first sealed time that was not given up; of a bucket where its points were. */
  #firstSealed(state: CategoryState, first: number): number {
    const { prunedTo, rawFrom, levels, category } = state
    if (first >= prunedTo) return first
    const step = rawFrom > prunedTo ? (levels[0]?.step ?? 0) : 0
    const from = floorTo(prunedTo, step || 1)
    const near = [
      ...this.#chunks.before(category, step, from, 1),
      ...this.#chunks.after(category, step, from, 1),
    ]
    for (const ref of near) {
      const time = this.#chunks.block(ref).times.find((one) => one >= from)
      if (time !== undefined) return Math.max(time, prunedTo)
    }
    return Number.POSITIVE_INFINITY
  }

  #addMeans(state: CategoryState, from: number, to: number, found: Map<number, TimedValue>): void {
    const [level] = state.levels
    if (!level) return
    const until = Math.min(to + 1, state.rawFrom)
    for (const block of this.#reader.sealed(state, level.step, floorTo(from, level.step), until)) {
      for (const id of block.ids) {
        const count = columnOf(block, id, 0)
        const row = count?.findLastIndex((value) => !Number.isNaN(value)) ?? -1
        const time = block.times[row]
        if (time === undefined || time <= (found.get(id)?.time ?? Number.NEGATIVE_INFINITY)) continue
        const value = (columnOf(block, id, 3)?.[row] as number) / (count?.[row] as number)
        found.set(id, { time, value })
      }
    }
  }
}

/** The first time in memory that was not given up. */
function firstInHead({ first, length, times }: Head, prunedTo: number): number {
  if (first >= prunedTo) return first
  let least = Number.POSITIVE_INFINITY
  for (let i = 0; i < length; i++) {
    const time = times[i] as number
    if (time >= prunedTo && time < least) least = time
  }
  return least
}
