// Our own store under measurement: filled as fast as it takes points, and brought into the form in which it rests.

import { join } from 'node:path'
import Database from 'better-sqlite3'
import { undeclared } from '../../common/declaration.ts'
import { openStore } from '../../store/open.ts'
import type { Store } from '../../store/types.ts'
import { type Block, blockPoints } from './block.ts'
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

/** Appends a block in one go. */
export const appendBlock = (store: Store, block: Block): void => store.append(blockPoints(project, block))

/** Closes the store and moves its log into the database file. */
export function closeAndCheckpoint(store: Store, folder: string): void {
  store.close()
  const database = new Database(databaseFile(folder))
  database.pragma('wal_checkpoint(TRUNCATE)')
  database.close()
}
