// Builds the levels: each from the one below, the first from points, in whole buckets. What is built twice comes out
// the same, so that a process killed in between leaves nothing to repair.

import type { Block } from '../codec/block.ts'
import { between, overlay, rollUp } from './blocks.ts'
import { bucketsAtOnce, ceilTo, floorTo, fullRows } from './levels.ts'
import type { CategoryState, Level, Stale } from './state.ts'
import type { Replacement, Workshop } from './workshop.ts'

/** A stretch [from, to) of a level to build, in whole buckets. */
interface Stretch {
  index: number
  from: number
  to: number
}

export class Roller {
  readonly #workshop: Workshop

  constructor(workshop: Workshop) {
    this.#workshop = workshop
  }

  /** Builds one stretch of one level of a category; false when all are up to date. */
  roll(state: CategoryState): boolean {
    const [stale] = state.stale.toSorted((a, b) => a.step - b.step || a.start - b.start)
    if (stale) return this.#again(state, stale)
    for (let index = 0; index < state.levels.length; index++) {
      const { builtTo, step } = state.levels[index] as Level
      const limit = floorTo(state.levels[index - 1]?.builtTo ?? state.last, step)
      if (limit - builtTo >= bucketsAtOnce(step) * step) return this.#further(state, index, limit)
    }
    return false
  }

  #again(state: CategoryState, stale: Stale): boolean {
    const index = state.levels.findIndex(({ step }) => step === stale.step)
    const stretch = { index, from: stale.start, to: stale.end }
    const { replacement, to } = this.#workshop.plan(() => this.#build(state, stretch))
    this.#workshop.carryOut(state, [replacement], () => {
      this.#workshop.states.removeStale(state, stale)
      if (to < stale.end) this.#workshop.states.addStale(state, stale.step, to, stale.end)
      this.#passOn(state, index + 1, stale.start, to)
    })
    return true
  }

  #further(state: CategoryState, index: number, limit: number): boolean {
    const level = state.levels[index] as Level
    const stretch = { index, from: level.builtTo, to: limit }
    const { replacement, to } = this.#workshop.plan(() => this.#build(state, stretch))
    this.#workshop.carryOut(state, [replacement], () => {
      level.builtTo = to
    })
    return true
  }

  /** The level above has to build again what lies in [from, to), as far as it had. */
  #passOn(state: CategoryState, index: number, from: number, to: number): void {
    const level = state.levels[index]
    if (!level || from >= level.builtTo) return
    const end = Math.min(ceilTo(to, level.step), level.builtTo)
    this.#workshop.states.addStale(state, level.step, floorTo(from, level.step), end)
  }

  /** New buckets for as much of a stretch as is read at a time. */
  #build(state: CategoryState, { index, from, to }: Stretch): { replacement: Replacement; to: number } {
    const { chunks } = this.#workshop
    const { step } = state.levels[index] as Level
    const source = this.#source(state, index, from, to)
    const buckets = rollUp(source.block, step)
    const old = chunks.overlapping(state.category, step, from, source.to)
    const known = old.map((ref) => chunks.read(ref))
    const outside = known.flatMap((block) => [
      between(block, Number.NEGATIVE_INFINITY, from),
      between(block, source.to, Number.POSITIVE_INFINITY),
    ])
    return { replacement: { step, old, block: overlay([...outside, buckets]) }, to: source.to }
  }

  /** The rows below, up to a whole bucket after about half a chunk full of them: what is read in three milliseconds. */
  #source(state: CategoryState, index: number, from: number, to: number): { block: Block; to: number } {
    const { chunks } = this.#workshop
    const { step } = state.levels[index] as Level
    const below = state.levels[index - 1]?.step ?? 0
    const most = fullRows(state.newest.size, below === 0 ? 1 : 4) / 2
    const blocks: Block[] = []
    let rows = 0
    for (let at = from; ; ) {
      const [ref = chunks.after(state.category, below, at, 1)[0]] = chunks.overlapping(
        state.category,
        below,
        at,
        at + 1,
      )
      if (!ref || ref.first >= to) return { block: overlay(blocks), to }
      const reached = floorTo(ref.first, step)
      if (rows >= most && reached > from) {
        return { block: overlay(blocks.map((block) => between(block, from, reached))), to: reached }
      }
      const block = between(chunks.read(ref), from, to)
      blocks.push(block)
      rows += block.times.length
      at = ref.last + 1
    }
  }
}
