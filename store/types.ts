// The store's interface. Everything outside this folder speaks these words; no row, table or chunk leaves it.

import type { Declaration, SeriesDeclaration } from '../common/declaration.ts'
import type { Point } from '../common/point.ts'
import type { CategoryUse } from '../common/retention-cost.ts'

export type { Point }

export interface CategoryCatalogue extends Declaration {
  name: string
  /** Why its gather fails at present, and since when (ms). */
  error: { message: string; since: number } | null
  firstTime: number | null
  lastTime: number | null
  series: SeriesCatalogue[]
}

/** Limits and unit are effective: the category's where the series has none of its own. */
export interface SeriesCatalogue {
  id: number
  label: string
  unit: string
  min: number | null
  max: number | null
}

export interface Query {
  project: string
  category: string
  /** Half-open window [from, to) in milliseconds. */
  from: number
  to: number
  /** At most this many buckets are returned. */
  buckets: number
}

/** Columns of equal `length`; where `count` is 0 the others are NaN (a gap). */
export interface SeriesBuckets {
  id: number
  label: string
  count: Float64Array
  min: Float64Array
  mean: Float64Array
  max: Float64Array
}

export interface Buckets {
  /** Start of the first bucket: a multiple of `stepMs`, at most `query.from`. */
  from: number
  /** From the bucket ladder; never shorter than the category's own interval. */
  stepMs: number
  length: number
  /** Only series with a point in the window, in catalogue order. */
  series: SeriesBuckets[]
}

export interface Value {
  category: string
  id: number
  label: string
  time: number
  value: number
}

/** A stored point as the live stream sees it. */
export interface StoredPoint {
  project: string
  category: string
  id: number
  time: number
  value: number
}

/** The series of a project, as they are now: names without any of their points. */
export interface KnownSeries {
  /** Of all categories together. */
  count(): number
  /** The labels of a category; undefined where there is no such category. */
  labels(category: string): { has(label: string): boolean } | undefined
}

/** What a category and its series say of themselves; null where a series says nothing of its own. */
export interface Declared {
  declaration: Declaration
  series(label: string): SeriesDeclaration | undefined
}

export interface PruneOptions {
  now: number
  maxAgeSeconds: number
  /** Points themselves are kept so long, their sums until `maxAgeSeconds`; undefined: as long. */
  fullResolutionSeconds?: number | undefined
  /** What differs for single categories, by name. */
  overrides?: Readonly<Record<string, Partial<Pick<PruneOptions, 'maxAgeSeconds' | 'fullResolutionSeconds'>>>>
  /** Stop after about this long (ms), so that no tick waits; the rest is done by the next call. */
  budgetMs: number
}

/** One thing that `check` found; a span of time (ms) where it is known. */
export interface DamageReport {
  what: string
  project?: string | undefined
  category?: string | undefined
  from?: number
  to?: number
}

/** What a category holds. `points` are packed single points, `waiting` those that are not packed yet. */
export interface Holding extends CategoryUse {
  series: number
  waiting: number
  /** Times of the first and the last point that there is anything of, single or summed up. */
  oldest: number | null
  newest: number | null
}

export interface StoreStats {
  /** Bytes of database and log on disk. */
  bytes: number
  /** Rows written by this process since it opened the store. */
  rowsWritten: number
  /** Points are given up before their time, for the disk is almost full. */
  diskLow: boolean
  /** Damaged chunks that this process has come across: `check` names them. */
  damagedChunks: number
}

export interface Store {
  /** Creates or updates what a category says of itself. Idempotent. */
  declare(
    project: string,
    category: string,
    declaration: Declaration,
    series?: Readonly<Record<string, SeriesDeclaration>>,
  ): void
  /** Sets (message) or clears (null) the reason why a category's gather fails. */
  report(project: string, category: string, message: string | null, now: number): void
  /**
   * Stores points in one transaction and returns when they are committed: they survive `kill -9`.
   * Unknown categories and series are made. A point at a time that its series already has replaces it.
   * Throws a Problem `unavailable` when the database is busy or the disk is full; then nothing was stored.
   */
  append(points: readonly Point[]): void
  /** Categories of a project in order of their making. */
  catalogue(project: string): CategoryCatalogue[]
  /** The names of a project's series: cheap, made for asking before every append. */
  series(project: string): KnownSeries
  /** What was declared of a category; undefined where there is no such category. Cheap as well. */
  declared(project: string, category: string): Declared | undefined
  /**
   * Forgets a project: gone from every answer at once, its points go little by little with the next calls of `prune`.
   * False when there is nothing of it.
   */
  removeProject(project: string): boolean
  /** Keys of the projects that have points or declarations. */
  projects(): string[]
  /** Whole buckets: the first and the last hold all their points, also those just outside the window. */
  query(query: Query): Buckets
  /** The newest value of every series of a project. */
  latest(project: string): Value[]
  /** The newest value of every series at or before `time`, not older than its gap tolerance (3 intervals, at least 60 s). */
  at(project: string, time: number): Value[]
  /** Changes whenever any process has committed something to the database: cheap, made for polling. */
  version(): number
  /** An opaque position after everything stored so far, for `since`. */
  position(): number
  /**
   * Points committed after `position`, in order of storing (late and replaced ones too), and the new position.
   * After a long absence the answer is the oldest part (20,000 points): ask again until the position stays.
   * `missed` says that points after the position are no longer at hand in this order: query for them.
   */
  since(position: number): { position: number; points: StoredPoint[]; missed?: true }
  /**
   * Does all upkeep that is due, a little at a time: seals new points into chunks, builds levels, removes what the
   * options do not keep, gives space back. True when more is left to do. One process of all calls it.
   */
  prune(options: PruneOptions): boolean
  /** The part of `prune` that removes nothing. True when more is left to do. */
  seal(budgetMs: number): boolean
  /** Seals and builds everything at once: before measuring or moving a file, not while others wait. */
  sealAll(): void
  /** Verifies every chunk; null for each that is well, so that progress can be shown. */
  check(): Iterable<DamageReport | null>
  /** How many chunks `check` will look at. */
  chunkCount(): number
  /** A consistent copy into a new file, while others write; resolves when it is whole. */
  backup(file: string): Promise<void>
  /** All points of a category in [from, to) in order of time, some thousands at a time. */
  points(project: string, category: string, from: number, to: number): Iterable<readonly Point[]>
  stats(): StoreStats
  /** What every category holds and takes, and what comes in a day at the rate of `now`: for `retentionCost`. */
  holdings(now: number): Holding[]
  close(): void
}
