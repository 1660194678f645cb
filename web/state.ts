// What the screen knows besides the view and the numbers: one object, replaced at each change, and those who follow it.

import type { Category, Project, Storage } from '../common/wire.ts'

/** How the app stands to the server. `paused`: the user switched automatic update off. */
export type Link = 'connecting' | 'live' | 'paused' | 'offline'

export interface AppState {
  /** `asking` until the server has answered once; `unpaired` when it wants this device paired first. */
  readonly access: 'asking' | 'open' | 'unpaired'
  readonly projects: readonly Project[]
  /** The one on the screen. */
  readonly project: Project | null
  /** Another project that came while this one was looked at; null when there is none to tell of. */
  readonly news: Project | null
  /** Null until the catalogue has come. */
  readonly categories: readonly Category[] | null
  readonly link: Link
  /** The server is there, but the machine has sent nothing for a while. */
  readonly silent: boolean
  /** Automatic update is on. */
  readonly auto: boolean
  /** A refresh is under way. */
  readonly busy: boolean
  /** When the newest data came, by this device's clock (ms). */
  readonly updated: number | null
  /** The last failure in a sentence, until something succeeds. */
  readonly problem: string | null
  /** Something else answers in the server's place: a login page, a proxy. */
  readonly gate: boolean
  /** What is on the screen is what was seen last: nobody has answered yet. */
  readonly copy: boolean
  /** The build that the server serves; null until it has said so. */
  readonly serverVersion: string | null
  /** Names the server's database; null until it has said so. */
  readonly database: string | null
  /** Whether points can be stored, and whether there is room; null until the server has said so. */
  readonly storage: Storage | null
  /** A part of the app that is loaded later could not be. */
  readonly partMissing: boolean
  /** A new version of the app waits to be taken. */
  readonly updateReady: boolean
  /** Why none comes although there is one; null: nothing is wrong. */
  readonly stuck: string | null
}

export interface State {
  get(): AppState
  set(change: Partial<AppState>): void
  /** Calls `listener` after every change; returns the way to stop. */
  subscribe(listener: (state: AppState, before: AppState) => void): () => void
}

export const initialState: AppState = Object.freeze({
  access: 'asking',
  projects: [],
  project: null,
  news: null,
  categories: null,
  link: 'connecting',
  silent: false,
  auto: true,
  busy: false,
  updated: null,
  problem: null,
  gate: false,
  copy: false,
  database: null,
  serverVersion: null,
  storage: null,
  partMissing: false,
  updateReady: false,
  stuck: null,
})

export function createState(initial: AppState = initialState): State {
  let current = initial
  const listeners = new Set<(state: AppState, before: AppState) => void>()
  return {
    get: () => current,
    set(change) {
      const before = current
      const keys = Object.keys(change) as (keyof AppState)[]
      if (keys.every((key) => before[key] === change[key])) return
      current = { ...before, ...change }
      for (const listener of listeners) listener(current, before)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
