// Our own store under measurement: filled as fast as it takes points, and brought into the form in which it rests.

import { join } from 'node:path'
import Database from 'better-sqlite3'
import { undeclared } from '../../common/declaration.ts'
import { openStore } from '../../store/open.ts'
import type { Store } from '../../store/types.ts'
import { type Block, blockPoints, pointCount } from './block.ts'
import { RealisticMachine } from './realistic-series.ts'

/** The project that the benchmarks' series belong to. */
export const project = 'bench'

export const databaseFile = (folder: string): string => join(folder, 'data.db')

/** A store under `folder` that knows the realistic categories, gathered every `everySeconds`. */
export function openOurs(folder: string, everySeconds: number): Store {
  const store = openStore({ file: databaseFile(folder) })
  for (const { name } of new RealisticMachine().categories) {
    store.declare(project, name, { ...undeclared, everySeconds })
  }
  return store
}

/** So many points wait to be sealed at most while history is loaded. */
const mostUnsealed = 2_000_000

/** Appends blocks as an import would, sealing now and then; tells how many points they were. */
export function load(store: Store, blocks: Iterable<Block>): number {
  let points = 0
  let unsealed = 0
  for (const block of blocks) {
    store.append(blockPoints(project, block))
    points += pointCount(block)
    unsealed += pointCount(block)
    if (unsealed < mostUnsealed) continue
    store.sealAll()
    unsealed = 0
  }
  return points
}

/** Closes the store with everything sealed, and moves SQLite's log into the database file. */
export function closeAtRest(store: Store, folder: string): void {
  store.sealAll()
  store.close()
  const database = new Database(databaseFile(folder))
  database.pragma('wal_checkpoint(TRUNCATE)')
  database.close()
}
