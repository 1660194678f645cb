// What generator and nest say to each other. A nest is a process that holds plugins written for Node.

import type { AlertHint, Kind, Readings } from '../gather.ts'
import type { OptionWords } from '../gather-options.ts'
import type { Part } from './measured.ts'

/** What a module declares, without its functions. */
export interface ModuleWords {
  title: string | null
  help: string
  unit: string
  kind: Kind
  min: number | null
  max: number | null
  graph: boolean
  every: number
  order: number
  series: readonly string[] | null
  each: string | null
  alerts: readonly AlertHint[]
  options: Readonly<Record<string, OptionWords>>
}

export interface LoadRequest {
  do: 'load'
  plugin: string
  file: string
  /** Differs for every version of the file. */
  version: string
  /** What people set for it, by key. */
  texts: Readonly<Record<string, string>>
  mostSeries: number
}

export type ToNest =
  | LoadRequest
  | { do: 'read'; plugin: string; n: number }
  | { do: 'unload'; plugin: string }
  /** Is answered at once by whoever is not busy. */
  | { do: 'ping' }
  | { do: 'close' }

export type FromNest =
  | { say: 'ready' }
  | { say: 'pong' }
  /** Modules are loaded one after the other: this one from here on. */
  | { say: 'loads'; plugin: string }
  | { say: 'loaded'; plugin: string; words: ModuleWords; mistake: string | null; hasStripped: boolean }
  | { say: 'broken'; plugin: string; message: string }
  | { say: 'unloaded'; plugin: string }
  /** From here on the plugin's code runs; what is said next of it says that it has come back. */
  | { say: 'enters'; plugin: string }
  | { say: 'waits'; plugin: string }
  | { say: 'answers'; plugin: string; n: number; parts: readonly Part[]; failure: string | null; rss: number }
  | { say: 'fails'; plugin: string; n: number; message: string }
  /** Something went wrong outside of any reading; '' where nobody knows by whom. */
  | { say: 'fault'; plugin: string; message: string }

export type { Readings }
