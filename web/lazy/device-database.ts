// The database on this device: what was seen, so that it can be seen again without a network, and points that wait to
// be sent. One file says what stands in it, for two parts of the app use it.

import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { Holding } from '../data/holding.ts'
import type { Copy } from '../data/session.ts'

/** A project's screen without its graphs. */
export interface SeenScreen extends Copy {
  /** Key of the project. */
  readonly key: string
}

/** What there is to know of a run of buckets without reading it. */
export interface SeenBlock {
  id: string
  project: string
  category: string
  /** The bucket length that was asked for (ms). */
  stepMs: number
  /** It is complete in [from, until), in ms by the server's clock. */
  from: number
  until: number
  bytes: number
  savedAt: number
  /** For what was used longest ago goes first. */
  usedAt: number
  /** The visit in which it was asked for. */
  visit: string
  /** Points that came late are not to be expected there any more. */
  settled: boolean
}

/** A point that waits to be sent. */
export interface WaitingPoint {
  /** Made on this device, so that nothing is sent by two tabs at once. */
  id: string
  /** What `/add_data_point` takes, with its time. */
  fields: Readonly<Record<string, string | number>>
}

interface Schema extends DBSchema {
  screens: { key: string; value: SeenScreen }
  blocks: { key: string; value: SeenBlock }
  holdings: { key: string; value: Holding }
  points: { key: string; value: WaitingPoint }
  /** `owner`: from which of the server's databases all of this comes, and for whom. */
  notes: { key: string; value: string }
}

export type DeviceDatabase = IDBPDatabase<Schema>

/** The stores of what was seen: what must go when another person, or another machine, is looked at. */
export const seenStores = ['screens', 'blocks', 'holdings', 'notes'] as const

let opened: Promise<DeviceDatabase> | null = null

/** Opens it, once. Rejects where the browser keeps nothing, as in some private windows. */
export function deviceDatabase(): Promise<DeviceDatabase> {
  opened ??= openDB<Schema>('pocketstats', 1, {
    upgrade(database) {
      database.createObjectStore('screens', { keyPath: 'key' })
      database.createObjectStore('blocks', { keyPath: 'id' })
      database.createObjectStore('holdings')
      database.createObjectStore('points', { keyPath: 'id' })
      database.createObjectStore('notes')
    },
    // A later version of the app, in another tab, changes the database: this one must let go of it.
    blocking: (_now, _wanted, event) => (event.target as IDBDatabase).close(),
  })
  return opened
}
