// Hands out what was stored since somebody last asked, by any process and in order of storing, late points too.

import type { Catalogue } from '../catalogue.ts'
import type { Connection } from '../connection.ts'
import type { StoredPoint } from '../types.ts'
import { eachLogged } from './log-entry.ts'

interface LogRow {
  id: number
  points: Buffer
}

/** One call returns no more than this many points, give or take a row. */
const mostPoints = 20_000
/** Rows read at a time. */
const rowsAtOnce = 64

export interface News {
  position: number
  points: StoredPoint[]
  /** Points after the position are no longer in the log: ask for everything again. */
  missed?: true
}

export class LogFollower {
  readonly #catalogue: Catalogue
  readonly #edges
  readonly #after

  constructor({ sqlite }: Connection, catalogue: Catalogue) {
    this.#catalogue = catalogue
    this.#edges = sqlite.prepare<[], { first: number | null; last: number | null }>(
      'SELECT (SELECT min(id) FROM log) AS first, (SELECT max(id) FROM log) AS last',
    )
    this.#after = sqlite.prepare<[number, number], LogRow>(
      'SELECT id, points FROM log WHERE id > ? ORDER BY id LIMIT ?',
    )
  }

  position(): number {
    return this.#edges.get()?.last ?? 0
  }

  since(given: number): News {
    const { first, last } = this.#edges.get() ?? { first: null, last: null }
    // A position from a database that was since replaced lies beyond the end.
    let position = Math.min(given, last ?? 0)
    const missed = first !== null && position < first - 1
    const categories = this.#catalogue.byId()
    const points: StoredPoint[] = []
    for (let rows = 0; rows !== -1 && points.length < mostPoints; ) {
      const page = this.#after.all(position, rowsAtOnce)
      for (const { id, points: blob } of page) {
        eachLogged(blob, (category, series, time, value) => {
          const owner = categories.get(category)
          if (owner) points.push({ project: owner.project, category: owner.name, id: series, time, value })
        })
        position = id
        if (points.length >= mostPoints) break
      }
      rows = page.length < rowsAtOnce ? -1 : page.length
    }
    return { position, points, ...(missed && { missed }) }
  }
}
