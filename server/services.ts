// What every route works with, handed over by whoever makes the app: main.ts in earnest, a test with a clock of its own.

import type { HttpBindings } from '@hono/node-server'
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Clock } from '../common/clock.ts'
import type { PluginReport } from '../common/plugin-states.ts'
import type { Settings } from '../common/settings.ts'
import type { AppStore } from '../store/app-types.ts'
import type { Store } from '../store/types.ts'
import type { WatchedSettings } from '../store/watched-settings.ts'
import type { Audience } from './audience.ts'
import type { Ingest } from './points/ingest.ts'
import type { StorageState } from './storage-state.ts'

export interface Services {
  store: Store
  appStore: AppStore
  settings: Settings
  /** How long history is kept at present, and the way to change it. */
  retention: Pick<WatchedSettings, 'plan' | 'save' | 'fixed' | 'newest' | 'saveDisabled'>
  /** What the generator told of its gathers and plugins last; null before it ever has. */
  pluginReport?: () => PluginReport | null
  clock: Clock
  /** The machine's own names, lower case: requests that call the server by another name are refused. */
  hostNames: readonly string[]
  /** Address of the socket's other end; undefined where it is unknown, which counts as elsewhere. */
  remoteAddress: (c: Context) => string | undefined
  /** The build of the app that is being served. */
  version: () => string
  /** Changes when data.db is replaced by another file: positions of the one mean nothing in the other. */
  databaseId: string
  /** Free on the disk of data.db. */
  freeBytes: () => number
  /** Where lines for people go. */
  log: (line: string) => void
}

/** What the app adds of its own. */
export interface Parts extends Services {
  storage: StorageState
  audience: Audience
  /** The one way in for points. */
  ingest: Ingest
}

/** Node's request and response; absent where a test calls the app without a socket. */
export interface ServerEnv {
  Bindings: Partial<HttpBindings>
}

export type ServerApp = OpenAPIHono<ServerEnv>
