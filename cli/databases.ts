// Where the databases of the settings lie, for commands that work on them.

import { existsSync } from 'node:fs'
import { hostname } from 'node:os'
import { Problem } from '../common/problem.ts'
import type { Settings } from '../common/settings.ts'
import { openAppStore } from '../store/app.ts'
import type { AppStore } from '../store/app-types.ts'
import { loadSettings } from '../store/load-settings.ts'
import { openStore } from '../store/open.ts'
import { databasePaths } from '../store/paths.ts'
import type { Store } from '../store/types.ts'

export interface Databases {
  settings: Settings
  /** Absolute paths; the files need not exist. */
  data: string
  app: string
}

export function databasesOf({ config }: { config?: string | undefined }): Databases {
  const { settings, file } = loadSettings(config === undefined ? [] : ['--config', config])
  return { settings, ...databasePaths(settings, file) }
}

/** Throws a Problem `not-found` where nothing was gathered yet: to look at nothing is no reason to make it. */
export function needHistory({ data }: Databases): void {
  if (existsSync(data)) return
  throw new Problem('not-found', `There is no database ${data}; the first start makes it.`)
}

/** Gives `work` the open history, which must exist, and closes it in the end. */
export async function withHistory<T>(
  databases: Databases,
  work: (store: Store) => T | Promise<T>,
): Promise<T> {
  needHistory(databases)
  const store = openStore({ file: databases.data })
  try {
    return await work(store)
  } finally {
    store.close()
  }
}

/** Gives `work` app.db, made if it is missing, and closes it in the end. */
export async function withAppStore<T>(
  { app }: Databases,
  work: (appStore: AppStore) => T | Promise<T>,
): Promise<T> {
  const appStore = openAppStore({ file: app })
  try {
    return await work(appStore)
  } finally {
    appStore.close()
  }
}

/** The key of this machine's own project, as the generator finds or makes it. */
export const machineKey = (appStore: AppStore, settings: Settings): string =>
  appStore.machineProject(settings.General.MachineName || hostname()).key
