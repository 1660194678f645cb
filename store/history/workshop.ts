// What every kind of upkeep shares: plans are made on a consistent picture without holding SQLite's write lock, and
// carried out in one short transaction, which is given up when another process was quicker.

import type { Block } from '../codec/block.ts'
import { encodeBlock } from '../codec/block.ts'
import type { Connection } from '../connection.ts'
import { split } from './blocks.ts'
import type { ChunkRef, Chunks } from './chunks.ts'
import { fullRows } from './levels.ts'
import type { Live } from './live.ts'
import type { CategoryState, States } from './state.ts'
import { noteMade } from './sweep.ts'

export interface WorkshopParts {
  connection: Connection
  chunks: Chunks
  states: States
  live: Live
}

/** Chunks that go, and what comes in their place. */
export interface Replacement {
  old: readonly ChunkRef[]
  /** The length of its buckets in ms, 0 for points, and the rows. */
  step?: number
  block?: Block
}

interface Packed {
  block: Block
  data: Uint8Array
}

/** Called with every place that got new chunks. */
export type Changed = (category: number, step: number, time: number) => void

export class Workshop {
  readonly chunks: Chunks
  readonly states: States
  readonly live: Live
  readonly connection: Connection
  changed: Changed = () => {}

  constructor({ connection, chunks, states, live }: WorkshopParts) {
    this.connection = connection
    this.chunks = chunks
    this.states = states
    this.live = live
  }

  /** Makes a plan of work on what is committed by now. */
  plan<T>(make: () => T): T {
    return this.connection.read(() => this.live.read(make))
  }

  /**
   * Replaces chunks and saves what `change` does to the state of a category, all in one transaction.
   * False, and nothing is changed, when other upkeep was committed since the plan was made.
   */
  carryOut(state: CategoryState, replacements: readonly Replacement[], change: () => void): boolean {
    const planned = this.states.revision
    const packed = replacements.map((one) => ({ ...one, parts: one.block ? pack(one.block) : [] }))
    try {
      return this.connection.write(() => {
        this.live.catchUp()
        if (this.states.revision !== planned) return false
        for (const { step = 0, old, parts } of packed) this.#replace(state.category, step, old, parts)
        change()
        this.states.save(state)
        this.states.raise()
        return true
      })
    } catch (error) {
      this.live.forget()
      throw error
    }
  }

  #replace(category: number, step: number, old: readonly ChunkRef[], parts: readonly Packed[]): void {
    for (const ref of old) this.chunks.remove(ref)
    for (const { block, data } of parts) {
      this.chunks.insert(category, step, block, data)
      this.changed(category, step, block.times[0] as number)
    }
  }
}

/** Columns that come and go for each that is packed: those it is laid together from, and steps of the codec. */
const columnsMade = 3

/** Blocks of a good size, packed. */
function pack(block: Block): Packed[] {
  noteMade(columnsMade * block.columns.length * block.times.byteLength)
  const full = fullRows(block.ids.length, block.width)
  const parts = block.times.length > 1.5 * full ? split(block, full) : [block]
  return parts
    .filter(({ times }) => times.length > 0)
    .map((part) => ({ block: part, data: encodeBlock(part) }))
}
