// What one reading of a plugin of any kind comes to: readings for one or more categories, each with the words that the
// plugin has for it.

import type { AlertHint, Kind, Readings } from '../gather.ts'

/** What a plugin says of a category of its own; the rest is as by default. */
export interface CategoryWords {
  readonly title?: string | undefined
  readonly help: string
  readonly unit: string
  readonly kind: Kind
  readonly min: number | null
  readonly max: number | null
  readonly graph: boolean
  /** Seconds; 0: every round. */
  readonly every: number
  readonly alerts: readonly AlertHint[]
}

export const noWords: CategoryWords = {
  help: '',
  unit: '',
  kind: 'gauge',
  min: null,
  max: null,
  graph: true,
  every: 0,
  alerts: [],
}

/** Readings of one category; `name` is behind the plugin's own, '' for the category that is called like the plugin. */
export interface Part {
  readonly name: string
  /** Whole name where the plugin names its categories freely. */
  readonly category?: string
  /** Where they differ from the plugin's own. */
  readonly words?: Partial<CategoryWords>
  readonly readings: Readings
}

export interface Measured {
  readonly parts: readonly Part[]
  /** What was wrong with some of it, in words for people; null when nothing was. */
  readonly failure: string | null
}

/** Where plugins are read: a program, a module in its nest, a page of another program's numbers. */
export interface Source {
  /** Rejects with words for people. */
  read(): Promise<Measured>
  close(): Promise<void>
}
