// Gives up what the settings do not keep, oldest first and a chunk at a time: whole history beyond MaxAge, points
// (but not their sums) beyond FullResolution, and points again where the disk is almost full.

import type { ChunkRef } from './chunks.ts'
import { ceilTo, floorTo } from './levels.ts'
import type { CategoryState } from './state.ts'
import type { Workshop } from './workshop.ts'

const minuteMs = 60_000

/** Chunks removed in one transaction: about a millisecond. */
const chunksAtOnce = 16

export interface Keep {
  /** History before this (ms) is given up. */
  from: number
  /** Points before this (ms) are given up, their sums stay. */
  pointsFrom: number
}

/** How finely a horizon moves: to the minute, and for long ages in a thousand steps, so that little is written. */
export const horizonStep = (ageMs: number): number => Math.max(minuteMs, floorTo(ageMs / 1000, minuteMs))

export class Retention {
  readonly #workshop: Workshop

  constructor(workshop: Workshop) {
    this.#workshop = workshop
  }

  /** Takes one step for a category; false when nothing is left to give up. */
  giveUp(state: CategoryState, { from, pointsFrom }: Keep): boolean {
    if (from > state.prunedTo && this.#hasBefore(state, from)) return this.#moveHorizon(state, from)
    if (from < state.prunedTo) return this.#moveBack(state, from)
    const raw = pointsFrom > from ? this.#rawHorizon(state, pointsFrom) : state.rawFrom
    if (raw > state.rawFrom && raw > state.first) {
      return this.#save(state, () => {
        state.rawFrom = raw
      })
    }
    return this.#removeChunks(state)
  }

  /** Moves the horizon of the points so that the oldest chunk of points goes; false when none may. */
  giveUpOldestPoints(state: CategoryState): boolean {
    const [oldest] = this.#workshop.plan(() =>
      this.#workshop.chunks.after(state.category, 0, Number.MIN_SAFE_INTEGER, 1),
    )
    const step = state.levels[0]?.step
    if (!oldest || step === undefined) return false
    const raw = this.#rawHorizon(state, ceilTo(oldest.last + 1, step))
    if (raw <= oldest.last) return false
    return this.#save(state, () => {
      state.rawFrom = raw
    })
  }

  #hasBefore({ first, head }: CategoryState, time: number): boolean {
    return first < time || head.first < time
  }

  #moveHorizon(state: CategoryState, from: number): boolean {
    return this.#save(state, () => {
      state.prunedTo = from
      for (const [series, { time }] of state.newest) if (time < from) state.newest.delete(series)
      if (state.last < from) state.first = Number.POSITIVE_INFINITY
    })
  }

  /** The settings keep more again, or the clock was set back: what is left counts, its points need not be whole. */
  #moveBack(state: CategoryState, from: number): boolean {
    return this.#save(state, () => {
      const step = state.levels[0]?.step
      if (step !== undefined) state.rawFrom = Math.max(state.rawFrom, floorTo(state.prunedTo, step))
      state.prunedTo = from
    })
  }

  /** How far points may go: whole buckets, built, and with nothing waiting to be built again. */
  #rawHorizon(state: CategoryState, wanted: number): number {
    const level = state.levels[0]
    if (!level) return Number.NEGATIVE_INFINITY
    const waiting = state.stale.filter(({ step }) => step === level.step).map(({ start }) => start)
    const unsealed = floorTo(state.head.first, level.step)
    return Math.min(floorTo(wanted, level.step), level.builtTo, unsealed, ...waiting)
  }

  /** Removes chunks that lie before the horizons. */
  #removeChunks(state: CategoryState): boolean {
    const doomed = this.#workshop.plan(() => [
      ...this.#chunksBefore(state, 0, Math.max(state.rawFrom, state.prunedTo)),
      ...state.levels.flatMap(({ step }) => this.#chunksBefore(state, step, state.prunedTo)),
    ])
    if (doomed.length === 0) return false
    return this.#workshop.carryOut(state, [{ old: doomed.slice(0, chunksAtOnce) }], () => {})
  }

  #chunksBefore({ category }: CategoryState, step: number, time: number): ChunkRef[] {
    if (time === Number.NEGATIVE_INFINITY) return []
    return this.#workshop.chunks
      .oldest(category, step, time, chunksAtOnce)
      .filter(({ last }) => last + step < time || (step > 0 && last + step === time))
  }

  #save(state: CategoryState, change: () => void): boolean {
    this.#workshop.plan(() => {})
    return this.#workshop.carryOut(state, [], change)
  }
}
