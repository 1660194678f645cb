// Opens data.db and hands out the store: the parts beside this file and in history/, wired together behind one
// interface.

import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../common/clock.ts'
import { carryOver } from './carry-over.ts'
import { Catalogue } from './catalogue.ts'
import { Connection } from './connection.ts'
import { copyDatabase } from './copy-database.ts'
import { Declarer } from './declare.ts'
import { Forgetter } from './forget.ts'
import { Answers } from './history/answers.ts'
import { Appender } from './history/appender.ts'
import { Chunks } from './history/chunks.ts'
import { Holdings } from './history/holdings.ts'
import { Inspector } from './history/inspect.ts'
import { defaultSealAt, Keeper, type SealAt } from './history/keeper.ts'
import { Live } from './history/live.ts'
import { LogFollower } from './history/log-follower.ts'
import { LogTrimmer } from './history/log-trimmer.ts'
import { Newest } from './history/newest.ts'
import { Reader } from './history/reader.ts'
import { freeBytesOf, Space } from './history/space.ts'
import { States } from './history/state.ts'
import { Workshop } from './history/workshop.ts'
import { systemClock } from './system-clock.ts'
import type { Store } from './types.ts'

export interface StoreOptions {
  /** Path of data.db; file and folder are made when missing. */
  file: string
  clock?: Clock
  /** How long a write waits for another process's transaction before it is `unavailable`; 5 s by default. */
  busyTimeoutMs?: number
  /** The log is sealed when so many points wait in it, or so many rows. */
  sealAt?: SealAt
  /** Bytes of unpacked history kept in memory for the next question. */
  cacheBytes?: number
  /** Bytes free on the disk. */
  freeBytes?: () => number
}

/** Small pages: chunks of some kilobytes leave little of their last one empty, and a commit writes less. */
const pageBytes = 1024
/** SQLite's own cache: pages are read in whole chunks, and those are kept unpacked or not at all. */
const pageCacheKib = 1000
const defaultCacheBytes = 6 * 1024 * 1024

/** Throws a Problem `unavailable` that names the file when it cannot be made, opened or understood. */
export function openStore({
  file,
  clock = systemClock,
  cacheBytes = defaultCacheBytes,
  freeBytes = () => freeBytesOf(file),
  sealAt = defaultSealAt,
  ...waiting
}: StoreOptions): Store {
  const migrations = join(import.meta.dirname, 'migrations')
  const connection = new Connection({ file, migrations, synchronous: 'NORMAL', pageBytes, ...waiting })
  const { sqlite } = connection
  sqlite.pragma(`cache_size = -${pageCacheKib}`)
  const catalogue = new Catalogue(connection)
  const declarer = new Declarer(connection, catalogue)
  const states = new States(sqlite)
  const live = new Live(connection, states)
  const chunks = new Chunks(sqlite, cacheBytes)
  const reader = new Reader(chunks)
  const newest = new Newest(reader, chunks)
  const answers = new Answers({ catalogue, states, live, reader, newest })
  const appender = new Appender({ connection, catalogue, states, live })
  const follower = new LogFollower(connection, catalogue)
  const holdings = new Holdings({ sqlite, catalogue, states, live, answers })
  const inspector = new Inspector({ sqlite, catalogue, states, live, reader })
  const workshop = new Workshop({ connection, chunks, states, live })
  const trimmer = new LogTrimmer(connection, live)
  const space = new Space(connection)
  const forgetter = new Forgetter(connection, catalogue, (category) =>
    live.read(() => newest.latest(states.of(category))),
  )
  const keeper = new Keeper({ workshop, catalogue, trimmer, space, forgetter, clock, freeBytes, sealAt })
  carryOver(connection, () => {
    live.forget()
    keeper.help(0)
  })
  const read = <T>(work: () => T): T => connection.read(work)

  return {
    declare: (...given) => declarer.declare(...given),
    report: (...given) => declarer.report(...given),
    append: (points) => {
      appender.append(points)
      keeper.help(points.length)
    },
    catalogue: (project) => read(() => answers.catalogue(project)),
    series: (project) => read(() => catalogue.series(project)),
    declared: (project, category) => read(() => catalogue.declared(project, category)),
    removeProject: (project) => declarer.remove(project),
    projects: () => read(() => catalogue.projects()),
    query: (query) => read(() => answers.query(query)),
    latest: (project) => read(() => answers.latest(project)),
    at: (project, time) => read(() => answers.at(project, time)),
    version: () => read(() => live.dataVersion + connection.commits),
    position: () => read(() => follower.position()),
    since: (position) => read(() => follower.since(position)),
    prune: (options) => keeper.prune(options),
    seal: (budgetMs) => keeper.seal(budgetMs),
    sealAll: () => keeper.sealAll(),
    check: () => inspector.check(),
    chunkCount: () => read(() => chunks.count()),
    backup: (to) => copyDatabase(file, to),
    points: (project, name, from, to) => {
      const owner = catalogue.category(project, name)
      return owner ? inspector.points(owner, from, to) : []
    },
    stats: () => ({
      bytes: sizeOf(file) + sizeOf(`${file}-wal`),
      rowsWritten: appender.rowsWritten,
      diskLow: keeper.diskLow,
      damagedChunks: chunks.damaged.size,
    }),
    holdings: (now) => read(() => holdings.all(now)),
    close: () => {
      keeper.finish()
      connection.close()
    },
  }
}

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0
