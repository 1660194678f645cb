// Looks at the whole store without changing it: verifies every chunk, makes a consistent copy while programs write,
// and walks over all points of a category in bounded memory.

import type { Database } from 'better-sqlite3'
import type { Catalogue, CategoryEntry } from '../catalogue.ts'
import { quickCheck } from '../quick-check.ts'
import type { DamageReport, Point } from '../types.ts'
import { type ChunkRef, decodeChecked } from './chunks.ts'
import type { Live } from './live.ts'
import type { Reader } from './reader.ts'
import type { States } from './state.ts'
import { sweep } from './sweep.ts'

interface StoredChunk extends ChunkRef {
  crc: number
  data: Buffer
}

export interface InspectorParts {
  sqlite: Database
  catalogue: Catalogue
  states: States
  live: Live
  reader: Reader
}

/** Stretch that the walk over points reads at a time. */
const walkMs = 3_600_000

export class Inspector {
  readonly #parts: InspectorParts
  readonly #next
  readonly #nextTime

  constructor(parts: InspectorParts) {
    this.#parts = parts
    this.#next = parts.sqlite.prepare<[number], StoredChunk>(
      'SELECT * FROM chunk WHERE id > ? ORDER BY id LIMIT 1',
    )
    this.#nextTime = parts.sqlite
      .prepare<[number, number], number | null>(
        'SELECT min(first) FROM chunk WHERE category = ? AND step = 0 AND first >= ?',
      )
      .pluck()
  }

  /** Reads and verifies everything; empty when all is well. */
  *check(): Generator<DamageReport | null> {
    const { sqlite, catalogue } = this.#parts
    for (const what of quickCheck(sqlite)) yield { what }
    for (let chunk = this.#next.get(0); chunk; chunk = this.#next.get(chunk.id)) {
      sweep()
      yield decodeChecked(chunk) ? null : describe(chunk, catalogue.byId().get(chunk.category))
    }
  }

  /** All points of a category in [from, to), in order of time, a stretch at a time. */
  *points(owner: CategoryEntry, from: number, to: number): Generator<Point[]> {
    const { live, states, reader } = this.#parts
    const state = states.of(owner.id)
    const labels = new Map([...owner.series.values()].map(({ id, label }) => [id, label]))
    for (let at = live.read(() => this.#firstFrom(owner.id, from)); at < to; ) {
      sweep()
      const end = Math.min(at + walkMs, to)
      const { times, ids, columns } = live.read(() => reader.points(state, at, end))
      const points: Point[] = []
      for (let row = 0; row < times.length; row++) {
        for (const [index, id] of ids.entries()) {
          const value = columns[index]?.[row] as number
          if (Number.isNaN(value)) continue
          const label = labels.get(id) ?? ''
          points.push({
            project: owner.project,
            category: owner.name,
            label,
            time: times[row] as number,
            value,
          })
        }
      }
      if (points.length > 0) yield points
      at = times.length > 0 ? end : live.read(() => Math.max(end, this.#firstFrom(owner.id, end)))
    }
  }

  /** A time at or before the first point from `from` on; infinity when there is none. */
  #firstFrom(category: number, from: number): number {
    const { head } = this.#parts.states.of(category)
    let first = this.#nextTime.get(category, from) ?? Number.POSITIVE_INFINITY
    const [inside] = this.#parts.reader.sealed(this.#parts.states.of(category), 0, from, from + 1)
    if (inside) first = from
    for (let i = 0; i < head.length; i++) {
      const time = head.times[i] as number
      if (time >= from && time < first) first = time
    }
    return first
  }
}

function describe({ id, step, first, last }: StoredChunk, owner: CategoryEntry | undefined): DamageReport {
  const kind = step === 0 ? 'points' : `sums of ${step} ms`
  return {
    what: `chunk ${id} (${kind}) is damaged`,
    project: owner?.project,
    category: owner?.name,
    from: first,
    to: last + Math.max(step, 1),
  }
}
