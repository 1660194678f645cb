// Opens data.db and hands out the store: the parts beside this file, wired together behind one interface.

import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../common/clock.ts'
import { Appender } from './append.ts'
import { Catalogue, type CategoryEntry } from './catalogue.ts'
import { Connection } from './connection.ts'
import { Declarer } from './declare.ts'
import { Forgetter } from './forget.ts'
import { Newest } from './newest.ts'
import { Pruner } from './prune.ts'
import { Querier } from './query.ts'
import { Rollups } from './rollups.ts'
import { Follower } from './since.ts'
import { systemClock } from './system-clock.ts'
import type { CategoryCatalogue, SeriesCatalogue, Store, StoreStats, Value } from './types.ts'

export interface StoreOptions {
  /** Path of data.db; file and folder are made when missing. */
  file: string
  clock?: Clock
  /** How long a write waits for another process's transaction before it is `unavailable`; 5 s by default. */
  busyTimeoutMs?: number
}

/** A value older than this many intervals of its category is a gap, not the value of the moment. */
const gapIntervals = 3
const leastGapMs = 60_000

/** Throws a Problem `unavailable` that names the file when it cannot be made, opened or understood. */
export function openStore({ file, clock = systemClock, ...waiting }: StoreOptions): Store {
  const migrations = join(import.meta.dirname, 'migrations')
  const connection = new Connection({ file, migrations, synchronous: 'NORMAL', ...waiting })
  const { sqlite } = connection
  const catalogue = new Catalogue(connection)
  const rollups = new Rollups(sqlite)
  const appender = new Appender(connection, catalogue, rollups)
  const declarer = new Declarer(connection, catalogue)
  const querier = new Querier(sqlite)
  const newest = new Newest(sqlite)
  const forgetter = new Forgetter(connection, catalogue, newest)
  const follower = new Follower(connection, catalogue)
  const pruner = new Pruner({ connection, catalogue, rollups, forgetter, clock })
  const dataVersion = sqlite.prepare<[], number>('PRAGMA data_version').pluck()

  const valuesOf = (project: string, to: number, gapMs: (category: CategoryEntry) => number): Value[] =>
    catalogue.categories(project).flatMap((category) => {
      const ids = [...category.series.values()].map(({ id }) => id)
      const found = newest.values(category.id, ids, to - gapMs(category), to)
      return toValues(category, found)
    })

  return {
    declare: (...given) => declarer.declare(...given),
    report: (...given) => declarer.report(...given),
    append: (points) => appender.append(points),
    catalogue: (project) =>
      connection.read(() =>
        catalogue.categories(project).map((entry) => ({ ...describe(entry), ...newest.edges(entry.id) })),
      ),
    projects: () => connection.read(() => catalogue.projects()),
    query: (query) =>
      connection.read(() => querier.query(query, catalogue.category(query.project, query.category))),
    latest: (project) =>
      connection.read(() => valuesOf(project, latestTime, () => latestTime - earliestTime)),
    at: (project, time) => connection.read(() => valuesOf(project, time, gapOf)),
    version: () => connection.read(() => (dataVersion.get() ?? 0) + connection.commits),
    position: () => connection.read(() => follower.position()),
    since: (position) => connection.read(() => follower.since(position)),
    prune: (options) => pruner.prune(options),
    stats: () => ({
      bytes: sizeOf(file) + sizeOf(`${file}-wal`),
      rowsWritten: appender.rowsWritten + rollups.rowsWritten,
    }),
    close: () => connection.close(),
  }
}

// Any moment that a Date can name.
const latestTime = 8.64e15
const earliestTime = -8.64e15

const gapOf = ({ declaration }: CategoryEntry): number =>
  Math.max(leastGapMs, gapIntervals * declaration.everySeconds * 1000)

function toValues(category: CategoryEntry, found: ReturnType<Newest['values']>): Value[] {
  return [...category.series.values()].flatMap(({ id, label }) => {
    const newest = found.get(id)
    return newest ? [{ category: category.name, id, label, ...newest }] : []
  })
}

function describe(entry: CategoryEntry): Omit<CategoryCatalogue, 'firstTime' | 'lastTime'> {
  const { name, declaration, error } = entry
  const series = [...entry.series.values()].map(
    (line): SeriesCatalogue => ({
      id: line.id,
      label: line.label,
      unit: line.declaration.unit ?? declaration.unit,
      min: line.declaration.min ?? declaration.min,
      max: line.declaration.max ?? declaration.max,
    }),
  )
  return { name, ...declaration, error: error && { ...error }, series }
}

const sizeOf = (file: string): StoreStats['bytes'] => statSync(file, { throwIfNoEntry: false })?.size ?? 0
