// Follows what any process commits: every change of a round gives it a new, higher id, so late points,
// replaced values and a clock set back are seen like any other.

import type { Catalogue } from './catalogue.ts'
import type { Connection } from './connection.ts'
import { eachOfRound } from './round-codec.ts'
import type { StoredPoint } from './types.ts'

interface RoundRow {
  id: number
  category: number
  time: number
  points: Buffer
}

/** Rounds that one call returns at most, so that nobody who was away for a day waits for all of it. */
const mostRounds = 20_000

export class Follower {
  readonly #catalogue: Catalogue
  readonly #last
  readonly #after

  constructor({ sqlite }: Connection, catalogue: Catalogue) {
    this.#catalogue = catalogue
    this.#last = sqlite.prepare<[], number | null>('SELECT max(id) FROM round').pluck()
    this.#after = sqlite.prepare<[number, number], RoundRow>(
      'SELECT id, category, time, points FROM round WHERE id > ? ORDER BY id LIMIT ?',
    )
  }

  position(): number {
    return this.#last.get() ?? 0
  }

  since(position: number): { position: number; points: StoredPoint[] } {
    const rows = this.#after.all(position, mostRounds)
    const categories = this.#catalogue.byId()
    const points: StoredPoint[] = []
    for (const { category: id, time, points: blob } of rows) {
      const owner = categories.get(id)
      if (!owner) continue
      const { project, name: category } = owner
      eachOfRound(blob, (series, value) => points.push({ project, category, id: series, time, value }))
    }
    // A position from a database that was since replaced lies beyond the end.
    return { position: rows.at(-1)?.id ?? Math.min(position, this.position()), points }
  }
}
