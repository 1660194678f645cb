// Chunks in SQLite: packed blocks of one category and level that never overlap, each with a checksum. Decoded ones
// are kept while there is room, so that panning decodes nothing twice; a damaged one costs its own span only.

import { crc32 } from 'node:zlib'
import type { Database } from 'better-sqlite3'
import { type Block, decodeBlock, encodeBlock } from '../codec/block.ts'
import { emptyBlock } from './blocks.ts'
import { noteDropped, noteMade } from './sweep.ts'

/** Where a chunk lies; `step` is 0 for points, else the length of its buckets in ms. */
export interface ChunkRef {
  id: number
  category: number
  step: number
  /** First and last time in it. */
  first: number
  last: number
  rows: number
}

interface ChunkData {
  crc: number
  data: Buffer
}

interface Decoded {
  block: Block
  bytes: number
}

export class Chunks {
  /** Chunks that could not be read since this process began, by id. */
  readonly damaged = new Map<number, ChunkRef>()
  readonly #cache = new Map<number, Decoded>()
  readonly #cacheBytes: number
  #cached = 0
  readonly #overlapping
  readonly #around
  readonly #count
  readonly #data
  readonly #insert
  readonly #remove

  /** Keeps up to `cacheBytes` of decoded chunks. */
  constructor(sqlite: Database, cacheBytes: number) {
    this.#cacheBytes = cacheBytes
    const columns = 'id, category, step, first, last, rows'
    this.#overlapping = sqlite.prepare<[number, number, number, number, number, number], ChunkRef>(
      `SELECT ${columns} FROM chunk WHERE category = ? AND step = ? AND first < ? AND first >= coalesce(
         (SELECT max(first) FROM chunk WHERE category = ? AND step = ? AND first <= ?), -9e15)
       ORDER BY first`,
    )
    this.#around = {
      before: sqlite.prepare<[number, number, number, number], ChunkRef>(
        `SELECT ${columns} FROM chunk WHERE category = ? AND step = ? AND first <= ? ORDER BY first DESC LIMIT ?`,
      ),
      after: sqlite.prepare<[number, number, number, number], ChunkRef>(
        `SELECT ${columns} FROM chunk WHERE category = ? AND step = ? AND first > ? ORDER BY first LIMIT ?`,
      ),
      oldest: sqlite.prepare<[number, number, number, number], ChunkRef>(
        `SELECT ${columns} FROM chunk WHERE category = ? AND step = ? AND first < ? ORDER BY first LIMIT ?`,
      ),
    }
    this.#count = sqlite.prepare<[], number>('SELECT count(*) FROM chunk').pluck()
    this.#data = sqlite.prepare<[number], ChunkData>('SELECT crc, data FROM chunk WHERE id = ?')
    this.#insert = sqlite.prepare(
      'INSERT INTO chunk (category, step, first, last, rows, crc, data) VALUES (?, ?, ?, ?, ?, ?, ?)',
    )
    this.#remove = sqlite.prepare('DELETE FROM chunk WHERE id = ?')
  }

  /** Chunks with times in [from, to), oldest first. */
  overlapping(category: number, step: number, from: number, to: number): ChunkRef[] {
    return this.#overlapping.all(category, step, to, category, step, from).filter(({ last }) => last >= from)
  }

  /** Up to `count` chunks that begin at or before `time`, newest first. */
  before(category: number, step: number, time: number, count: number): ChunkRef[] {
    return this.#around.before.all(category, step, time, count)
  }

  /** Up to `count` chunks that begin after `time`, oldest first. */
  after(category: number, step: number, time: number, count: number): ChunkRef[] {
    return this.#around.after.all(category, step, time, count)
  }

  /** Up to `count` chunks that begin before `time`, oldest first. */
  oldest(category: number, step: number, time: number, count: number): ChunkRef[] {
    return this.#around.oldest.all(category, step, time, count)
  }

  /** The decoded chunk; empty where it is damaged. */
  block(ref: ChunkRef): Block {
    const cached = this.#cache.get(ref.id)
    if (cached) {
      this.#cache.delete(ref.id)
      this.#cache.set(ref.id, cached)
      return cached.block
    }
    const block = this.read(ref)
    this.#remember(ref.id, block)
    return block
  }

  /** Like `block`, without keeping it: for work that passes over everything once. */
  read(ref: ChunkRef): Block {
    const cached = this.#cache.get(ref.id)
    if (cached) return cached.block
    const row = this.#data.get(ref.id)
    const block = row && decodeChecked(row)
    if (block) {
      noteMade(bytesOf(block))
      return block
    }
    this.damaged.set(ref.id, ref)
    return emptyBlock(ref.step === 0 ? 1 : 4)
  }

  /** How many there are. */
  count(): number {
    return this.#count.get() ?? 0
  }

  /** Stores a block that is not empty. Only inside a transaction. */
  insert(category: number, step: number, block: Block, data = encodeBlock(block)): void {
    const { times } = block
    this.#insert.run(category, step, times[0], times.at(-1), times.length, crc32(data), data)
  }

  /** Only inside a transaction. */
  remove({ id }: ChunkRef): void {
    this.#remove.run(id)
  }

  #remember(id: number, block: Block): void {
    const bytes = bytesOf(block)
    this.#cache.set(id, { block, bytes })
    this.#cached += bytes
    for (const [oldest, { bytes: freed }] of this.#cache) {
      if (this.#cached <= this.#cacheBytes || oldest === id) return
      this.#cache.delete(oldest)
      this.#cached -= freed
      noteDropped(freed)
    }
  }
}

const bytesOf = ({ times, columns }: Block): number => 1000 + times.byteLength * (columns.length + 1)

/** Undefined when the checksum or the content is wrong. */
export function decodeChecked({ crc, data }: ChunkData): Block | undefined {
  if (crc32(data) !== crc) return undefined
  try {
    return decodeBlock(data)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
