// What gathers say of their categories: written only where it differs from what is known, so that saying it
// again costs no transaction.

import { isDeepStrictEqual } from 'node:util'
import type { Declaration, SeriesDeclaration } from '../common/declaration.ts'
import type { Catalogue, CategoryEntry } from './catalogue.ts'
import type { Connection } from './connection.ts'

type SeriesDeclarations = Readonly<Record<string, SeriesDeclaration>>

export class Declarer {
  readonly #connection: Connection
  readonly #catalogue: Catalogue

  constructor(connection: Connection, catalogue: Catalogue) {
    this.#connection = connection
    this.#catalogue = catalogue
  }

  declare(project: string, name: string, declaration: Declaration, series: SeriesDeclarations = {}): void {
    if (isDeclared(this.#catalogue.category(project, name), declaration, series)) return
    this.#change(() => {
      const entry = this.#catalogue.needCategory(project, name)
      if (!isSameDeclaration(entry.declaration, declaration))
        this.#catalogue.setDeclaration(entry, declaration)
      for (const [label, wanted] of Object.entries(series)) {
        const line = this.#catalogue.needSeries(entry, label)
        if (!sameSeries(line.declaration, wanted)) this.#catalogue.setSeriesDeclaration(line, wanted)
      }
    })
  }

  /** A failure keeps the time of its beginning while the message stays the same. */
  report(project: string, name: string, message: string | null, now: number): void {
    const known = this.#catalogue.category(project, name)
    if ((known?.error?.message ?? null) === message) return
    this.#change(() => {
      const entry = this.#catalogue.needCategory(project, name)
      const since = entry.error?.since ?? now
      this.#catalogue.setError(entry, message === null ? null : { message, since })
    })
  }

  /** Takes a project out of sight; false when there is none. */
  remove(project: string): boolean {
    return this.#change(() => this.#catalogue.removeProject(project))
  }

  #change<T>(work: () => T): T {
    try {
      return this.#connection.write(() => {
        this.#catalogue.refresh()
        return work()
      })
    } catch (error) {
      this.#catalogue.forget()
      throw error
    }
  }
}

function isDeclared(
  entry: CategoryEntry | undefined,
  declaration: Declaration,
  series: SeriesDeclarations,
): boolean {
  if (!entry || !isSameDeclaration(entry.declaration, declaration)) return false
  return Object.entries(series).every(([label, wanted]) => {
    const known = entry.series.get(label)
    return known !== undefined && sameSeries(known.declaration, wanted)
  })
}

/** Whether two declarations of a category say the same. */
export const isSameDeclaration = (a: Declaration, b: Declaration): boolean =>
  isDeepStrictEqual(plainDeclaration(a), plainDeclaration(b))

const plainDeclaration = ({ help, unit, graph, everySeconds, min, max }: Declaration): Declaration => ({
  help,
  unit,
  graph,
  everySeconds,
  min,
  max,
})

const sameSeries = (a: SeriesDeclaration, b: SeriesDeclaration): boolean =>
  a.unit === b.unit && a.min === b.min && a.max === b.max
