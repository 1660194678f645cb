// Which projects, categories and series there are, kept in memory because every point asks for it. SQLite's
// user_version counts the changes, so that each process notices what the other one made.

import { type Declaration, type SeriesDeclaration, undeclared } from '../common/declaration.ts'
import type { Connection } from './connection.ts'
import { asc, eq, sql } from './drizzle.ts'
import { category, project, series } from './schema.ts'
import type { Declared, KnownSeries } from './types.ts'

export interface SeriesEntry {
  readonly id: number
  readonly label: string
  declaration: SeriesDeclaration
}

export interface CategoryEntry {
  readonly id: number
  readonly project: string
  readonly name: string
  declaration: Declaration
  error: { message: string; since: number } | null
  /** By label, in order of their making. */
  readonly series: Map<string, SeriesEntry>
}

interface ProjectEntry {
  readonly id: number
  readonly categories: Map<string, CategoryEntry>
}

/** An id never returns: what the log and the history still say of a category that is gone means no other. */
const freshId = sql`1 + max(
  coalesce((SELECT max(id) FROM category), 0), coalesce((SELECT max(category) FROM history), 0))`

/** What the key of a removed project begins with until nothing is left of it; no key that is given out does. */
const removedMark = '\0'

/** True for a category whose project was removed: it is kept only until its points are gone. */
export const isRemoved = ({ project }: Pick<CategoryEntry, 'project'>): boolean =>
  project.startsWith(removedMark)

const undeclaredSeries: SeriesDeclaration = { unit: null, min: null, max: null }

export class Catalogue {
  readonly #connection: Connection
  readonly #revision
  #cachedRevision = -1
  #projects = new Map<string, ProjectEntry>()
  #categories = new Map<number, CategoryEntry>()

  constructor(connection: Connection) {
    this.#connection = connection
    this.#revision = connection.sqlite.prepare<[], number>('PRAGMA user_version').pluck()
  }

  /** Keys in order of their making. */
  projects(): string[] {
    this.refresh()
    return [...this.#projects.keys()].filter((key) => !isRemoved({ project: key }))
  }

  /** Names of a project's series, as they are at the moment of the call. */
  series(projectKey: string): KnownSeries {
    this.refresh()
    const categories = this.#projects.get(projectKey)?.categories
    return {
      labels: (name) => categories?.get(name)?.series,
      count: () => [...(categories?.values() ?? [])].reduce((sum, entry) => sum + entry.series.size, 0),
    }
  }

  declared(projectKey: string, name: string): Declared | undefined {
    const entry = this.category(projectKey, name)
    return (
      entry && {
        declaration: entry.declaration,
        series: (label) => entry.series.get(label)?.declaration,
      }
    )
  }

  /** Categories of a project in order of their making. */
  categories(projectKey: string): CategoryEntry[] {
    this.refresh()
    return [...(this.#projects.get(projectKey)?.categories.values() ?? [])]
  }

  category(projectKey: string, name: string): CategoryEntry | undefined {
    this.refresh()
    return this.#projects.get(projectKey)?.categories.get(name)
  }

  /** Categories of all projects by id. */
  byId(): ReadonlyMap<number, CategoryEntry> {
    this.refresh()
    return this.#categories
  }

  /** The category, made when it is missing. Only inside a transaction; see `forget`. */
  needCategory(projectKey: string, name: string): CategoryEntry {
    const owner = this.#projects.get(projectKey) ?? this.#makeProject(projectKey)
    return owner.categories.get(name) ?? this.#makeCategory(owner.id, projectKey, name)
  }

  /** The series, made when it is missing. Only inside a transaction. */
  needSeries(entry: CategoryEntry, label: string): SeriesEntry {
    return entry.series.get(label) ?? this.#makeSeries(entry, label)
  }

  setDeclaration(entry: CategoryEntry, declaration: Declaration): void {
    const { help, unit, graph, everySeconds, min, max } = declaration
    const row = { help, unit, graph, everySeconds, min, max }
    this.#connection.orm.update(category).set(row).where(eq(category.id, entry.id)).run()
    entry.declaration = row
    this.#changed()
  }

  setSeriesDeclaration(entry: SeriesEntry, { unit, min, max }: SeriesDeclaration): void {
    this.#connection.orm.update(series).set({ unit, min, max }).where(eq(series.id, entry.id)).run()
    entry.declaration = { unit, min, max }
    this.#changed()
  }

  setError(entry: CategoryEntry, error: CategoryEntry['error']): void {
    const row = { error: error?.message ?? null, errorSince: error?.since ?? null }
    this.#connection.orm.update(category).set(row).where(eq(category.id, entry.id)).run()
    entry.error = error
    this.#changed()
  }

  removeSeries(owner: CategoryEntry, entry: SeriesEntry): void {
    this.#connection.orm.delete(series).where(eq(series.id, entry.id)).run()
    owner.series.delete(entry.label)
    this.#changed()
  }

  /** A category without series; its project goes with its last category. */
  removeCategory(entry: CategoryEntry): void {
    const { orm } = this.#connection
    const owner = this.#projects.get(entry.project)
    orm.delete(category).where(eq(category.id, entry.id)).run()
    this.#categories.delete(entry.id)
    owner?.categories.delete(entry.name)
    if (owner?.categories.size === 0) {
      orm.delete(project).where(eq(project.id, owner.id)).run()
      this.#projects.delete(entry.project)
    }
    this.#changed()
  }

  /**
   * Takes a project out of sight: under a key that nobody asks for, undeclared, so that it goes when its last point
   * has gone. False when there is none. Only inside a transaction.
   */
  removeProject(key: string): boolean {
    const owner = this.#projects.get(key)
    if (!owner) return false
    const { orm } = this.#connection
    const of = eq(category.project, owner.id)
    for (const { id } of owner.categories.values()) {
      orm.update(series).set(undeclaredSeries).where(eq(series.category, id)).run()
    }
    orm
      .update(category)
      .set({ ...undeclared, error: null, errorSince: null })
      .where(of)
      .run()
    orm
      .update(project)
      .set({ key: `${removedMark}${owner.id}` })
      .where(eq(project.id, owner.id))
      .run()
    this.#load()
    this.#changed()
    return true
  }

  /** Reads everything again if another process changed it. */
  refresh(): void {
    const revision = this.#revision.get() ?? 0
    if (revision === this.#cachedRevision) return
    this.#load()
    this.#cachedRevision = revision
  }

  /** After a transaction that was rolled back: what it made is not there. */
  forget(): void {
    this.#cachedRevision = -1
  }

  #load(): void {
    const { orm } = this.#connection
    this.#projects = new Map()
    this.#categories = new Map()
    const keys = new Map<number, string>()
    for (const row of orm.select().from(project).orderBy(asc(project.id)).all()) {
      keys.set(row.id, row.key)
      this.#projects.set(row.key, { id: row.id, categories: new Map() })
    }
    for (const row of orm.select().from(category).orderBy(asc(category.id)).all()) {
      this.#addCategory(entryOf(row, keys.get(row.project) ?? ''))
    }
    for (const row of orm.select().from(series).orderBy(asc(series.id)).all()) {
      const { id, label, unit, min, max } = row
      this.#categories.get(row.category)?.series.set(label, { id, label, declaration: { unit, min, max } })
    }
  }

  #addCategory(entry: CategoryEntry): void {
    this.#projects.get(entry.project)?.categories.set(entry.name, entry)
    this.#categories.set(entry.id, entry)
  }

  #makeProject(key: string): ProjectEntry {
    const { id } = this.#connection.orm.insert(project).values({ key }).returning({ id: project.id }).get()
    const entry: ProjectEntry = { id, categories: new Map() }
    this.#projects.set(key, entry)
    this.#changed()
    return entry
  }

  #makeCategory(projectId: number, projectKey: string, name: string): CategoryEntry {
    const values = { id: freshId, project: projectId, name, ...undeclared }
    const row = this.#connection.orm.insert(category).values(values).returning().get()
    const entry = entryOf(row, projectKey)
    this.#addCategory(entry)
    this.#changed()
    return entry
  }

  #makeSeries(owner: CategoryEntry, label: string): SeriesEntry {
    const values = { category: owner.id, label, ...undeclaredSeries }
    const { id } = this.#connection.orm.insert(series).values(values).returning({ id: series.id }).get()
    const entry: SeriesEntry = { id, label, declaration: undeclaredSeries }
    owner.series.set(label, entry)
    this.#changed()
    return entry
  }

  /** Counts a change that is part of the present transaction; this process has it in memory already. */
  #changed(): void {
    this.#cachedRevision += 1
    this.#connection.sqlite.pragma(`user_version = ${this.#cachedRevision}`)
  }
}

function entryOf(row: typeof category.$inferSelect, projectKey: string): CategoryEntry {
  const { id, name, help, unit, graph, everySeconds, min, max, error, errorSince } = row
  return {
    id,
    project: projectKey,
    name,
    declaration: { help, unit, graph, everySeconds, min, max },
    error: error === null ? null : { message: error, since: errorSince ?? 0 },
    series: new Map(),
  }
}
