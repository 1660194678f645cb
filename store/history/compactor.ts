// Small chunks cost more bytes and more reads than large ones: neighbours are joined, sixteen of a size or as many
// as fill one, so that every point is packed again only once or twice in its life.

import { overlay } from './blocks.ts'
import type { ChunkRef } from './chunks.ts'
import { fullRows } from './levels.ts'
import type { CategoryState } from './state.ts'
import type { Workshop } from './workshop.ts'

/** So many neighbours of one size are joined even when they do not fill a chunk. */
const fanIn = 16

export class Compactor {
  readonly #workshop: Workshop

  constructor(workshop: Workshop) {
    this.#workshop = workshop
  }

  /** Joins small chunks around `time`; false when there is nothing to join. */
  compact(state: CategoryState, step: number, time: number): boolean {
    const joined = this.#workshop.plan(() => {
      const run = this.#run(state, step, time)
      if (run.length < 2) return undefined
      return { run, block: overlay(run.map((ref) => this.#workshop.chunks.read(ref))) }
    })
    if (!joined || joined.run.some(({ id }) => this.#workshop.chunks.damaged.has(id))) return false
    return this.#workshop.carryOut(state, [{ step, old: joined.run, block: joined.block }], () => {})
  }

  /** The chunks to join. */
  #run(state: CategoryState, step: number, time: number): ChunkRef[] {
    const { chunks } = this.#workshop
    const full = fullRows(state.newest.size, step === 0 ? 1 : 4)
    const isSmall = ({ id, rows }: ChunkRef) => rows * 2 < full && !chunks.damaged.has(id)
    const before = takeWhile(chunks.before(state.category, step, time, fanIn), isSmall).reverse()
    const after = takeWhile(chunks.after(state.category, step, time, fanIn), isSmall)
    const smalls = [...before, ...after]
    return upTo(smalls, full) ?? sameSize(smalls) ?? []
  }
}

function takeWhile(refs: ChunkRef[], wanted: (ref: ChunkRef) => boolean): ChunkRef[] {
  const end = refs.findIndex((ref) => !wanted(ref))
  return end < 0 ? refs : refs.slice(0, end)
}

/** The first neighbours that fill a chunk. */
function upTo(refs: readonly ChunkRef[], full: number): ChunkRef[] | undefined {
  let rows = 0
  for (const [index, ref] of refs.entries()) {
    rows += ref.rows
    if (rows >= full) return refs.slice(0, index + 1)
  }
  return undefined
}

function sameSize(refs: readonly ChunkRef[]): ChunkRef[] | undefined {
  const sizeOf = ({ rows }: ChunkRef) => Math.floor(Math.log2(rows) / Math.log2(fanIn))
  for (let start = 0; start + fanIn <= refs.length; start++) {
    const run = refs.slice(start, start + fanIn)
    if (run.every((ref) => sizeOf(ref) === sizeOf(run[0] as ChunkRef))) return run
  }
  return undefined
}
