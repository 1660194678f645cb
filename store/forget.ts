// Labels come and go: containers, sensors, somebody's trial. What nobody declared and has no point left is taken
// out of the catalogue, so that no empty card or row stays for ever. What was declared stays: its owner may go on.

import { undeclared } from '../common/declaration.ts'
import type { Catalogue, CategoryEntry, SeriesEntry } from './catalogue.ts'
import type { Connection } from './connection.ts'
import { isSameDeclaration } from './declare.ts'

/** Ids of the series of a category that have points. */
export type Alive = (category: number) => { has(series: number): boolean }

export class Forgetter {
  readonly #connection: Connection
  readonly #catalogue: Catalogue
  readonly #alive: Alive

  constructor(connection: Connection, catalogue: Catalogue, alive: Alive) {
    this.#connection = connection
    this.#catalogue = catalogue
    this.#alive = alive
  }

  /** Removes empty series nobody declared, then categories and projects that are left with nothing. */
  forget(): void {
    for (const category of this.#connection.read(() => [...this.#catalogue.byId().values()])) {
      if (this.#isWorthALook(category)) this.#forgetIn(category.project, category.name)
    }
  }

  #isWorthALook(category: CategoryEntry): boolean {
    return this.#connection.read(() => isLeftover(category) || this.#emptySeries(category).length > 0)
  }

  /** Looks again inside the transaction: another process may have added a point meanwhile. */
  #forgetIn(project: string, name: string): void {
    try {
      this.#connection.write(() => {
        const category = this.#catalogue.category(project, name)
        if (!category) return
        for (const series of this.#emptySeries(category)) this.#catalogue.removeSeries(category, series)
        if (isLeftover(category)) this.#catalogue.removeCategory(category)
      })
    } catch (error) {
      this.#catalogue.forget()
      throw error
    }
  }

  #emptySeries(category: CategoryEntry): SeriesEntry[] {
    const suspects = [...category.series.values()].filter(({ declaration }) =>
      Object.values(declaration).every((value) => value === null),
    )
    if (suspects.length === 0) return []
    const alive = this.#alive(category.id)
    return suspects.filter(({ id }) => !alive.has(id))
  }
}

const isLeftover = ({ declaration, error, series }: CategoryEntry): boolean =>
  series.size === 0 && error === null && isSameDeclaration(declaration, undeclared)
