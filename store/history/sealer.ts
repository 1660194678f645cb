// Packs points from the log into chunks, one category at a time and one chunk at a time, so that nobody waits. Late
// points join the chunk that they belong to, and the levels above are told to build their buckets again.

import type { Block } from '../codec/block.ts'
import { between, blockOfPoints, cut, interleave, overlay, rollUp, rowAt } from './blocks.ts'
import type { ChunkRef } from './chunks.ts'
import { ceilTo, floorTo, fullRows, levelsFor } from './levels.ts'
import type { CategoryState } from './state.ts'
import type { Replacement, Workshop } from './workshop.ts'

/** What one transaction seals: points up to `end` (exclusive). */
interface Slice {
  points: Block
  replacement: Required<Replacement>
  end: number
  /** No more points are left to seal. */
  isLast: boolean
}

export class Sealer {
  readonly #workshop: Workshop
  readonly #intervalMs: (category: number) => number

  /** `intervalMs` is the declared interval of a category, 0 where nobody declared one. */
  constructor(workshop: Workshop, intervalMs: (category: number) => number) {
    this.#workshop = workshop
    this.#intervalMs = intervalMs
  }

  /** Seals one slice of the points of a category up to row `upTo` of the log; false when there are none. */
  seal(state: CategoryState, upTo: number): boolean {
    const { head, job } = state
    const row = job?.row ?? upTo
    if (head.length === 0 || (head.rows[0] as number) > row) return job !== null && this.#finish(state, row)
    const slice = this.#workshop.plan(() => this.#slice(state, pointsThrough(state, row)))
    if (!slice) return this.#finish(state, row)
    const done = this.#workshop.carryOut(state, [slice.replacement], () => this.#note(state, slice, row))
    if (done) this.#workshop.live.dropSealed()
    return true
  }

  /** Points that fall to no chunk because all are older than anything kept. */
  #finish(state: CategoryState, row: number): boolean {
    const done = this.#workshop.carryOut(state, [], () => advance(state, row))
    if (done) this.#workshop.live.dropSealed()
    return true
  }

  #slice(state: CategoryState, all: Block): Slice | undefined {
    const kept = between(all, state.prunedTo, Number.POSITIVE_INFINITY)
    const first = kept.times[0]
    if (first === undefined) return undefined
    if (first < state.rawFrom) return this.#givenUpSlice(state, kept, first)
    const { points, old } = this.#fitting(state.category, 0, kept, first)
    const block = overlay([...old.map((ref) => this.#workshop.chunks.read(ref)), points])
    return sliceOf(kept, points, { step: 0, old, block })
  }

  /** Points whose time has no raw data any more are added to the first level. */
  #givenUpSlice(state: CategoryState, kept: Block, first: number): Slice | undefined {
    const step = state.levels[0]?.step
    if (step === undefined) return undefined
    const past = between(kept, first, state.rawFrom)
    const buckets = rollUp(past, step)
    const { points, old } = this.#fitting(state.category, step, buckets, buckets.times[0] as number)
    const end = (points.times.at(-1) as number) + step
    const known = overlay(old.map((ref) => this.#workshop.chunks.read(ref)))
    const block = known.times.length === 0 ? points : rollUp(interleave(known, points), step)
    return sliceOf(kept, between(past, first, end), { step, old, block })
  }

  /** As many rows as belong to one chunk, and that chunk, or as many as make a new one. */
  #fitting(category: number, step: number, rows: Block, first: number): { points: Block; old: ChunkRef[] } {
    const { chunks } = this.#workshop
    const [owner] = chunks.overlapping(category, step, first, first + 1)
    if (owner) return { points: between(rows, first, owner.last + 1), old: [owner] }
    const next = chunks.after(category, step, first, 1)[0]?.first ?? Number.POSITIVE_INFINITY
    const most = fullRows(rows.ids.length, rows.width)
    return { points: cut(rows, 0, Math.min(most, rowAt(rows, next))), old: [] }
  }

  /** Brings the state up to what was sealed. */
  #note(state: CategoryState, { points, replacement, end, isLast }: Slice, row: number): void {
    if (state.levels.length === 0) this.#chooseLevels(state, points)
    this.#markStale(state, points, replacement.step)
    state.first = Math.min(state.first, points.times[0] as number)
    state.last = Math.max(state.last, points.times.at(-1) as number)
    for (const [index, id] of points.ids.entries()) {
      const newest = newestOf(points.times, points.columns[index] as Float64Array)
      if (newest && newest.time >= (state.newest.get(id)?.time ?? newest.time)) state.newest.set(id, newest)
    }
    if (isLast) advance(state, row)
    else state.job = { row, time: end }
  }

  #chooseLevels(state: CategoryState, { times }: Block): void {
    const declared = this.#intervalMs(state.category)
    const first = times[0] as number
    const observed = times.length > 1 ? ((times.at(-1) as number) - first) / (times.length - 1) : 0
    const steps = levelsFor(declared || observed || Number.POSITIVE_INFINITY)
    state.levels = steps.map((step) => ({ step, builtTo: floorTo(first, step) }))
  }

  /** Buckets that were built already and get another point have to be built again, each from the level below. */
  #markStale(state: CategoryState, { times }: Block, sealedStep: number): void {
    const level = state.levels.find(({ step }) => step > sealedStep)
    if (!level || (times[0] as number) >= level.builtTo) return
    const { step, builtTo } = level
    let start = floorTo(times[0] as number, step)
    let end = start + step
    for (const time of times) {
      if (time >= builtTo) break
      if (time < end) continue
      if (floorTo(time, step) > end) {
        this.#workshop.states.addStale(state, step, start, end)
        start = floorTo(time, step)
      }
      end = floorTo(time, step) + step
    }
    this.#workshop.states.addStale(state, step, start, Math.min(end, ceilTo(builtTo, step)))
  }
}

function sliceOf(kept: Block, points: Block, replacement: Required<Replacement>): Slice {
  const isLast = points.times.length === kept.times.length
  return { points, replacement, end: (points.times.at(-1) as number) + 1, isLast }
}

function advance(state: CategoryState, row: number): void {
  state.sealed = Math.max(state.sealed, row)
  state.job = null
}

/** Points of the head up to a row of the log. */
function pointsThrough({ head }: CategoryState, row: number): Block {
  let length = head.length
  while (length > 0 && (head.rows[length - 1] as number) > row) length--
  if (length === head.length) return head.block()
  return blockOfPoints({ length, times: head.times, series: head.series, values: head.values })
}

function newestOf(times: Float64Array, values: Float64Array): { time: number; value: number } | undefined {
  for (let i = values.length - 1; i >= 0; i--) {
    const value = values[i] as number
    if (!Number.isNaN(value)) return { time: times[i] as number, value }
  }
  return undefined
}
