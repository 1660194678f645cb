// What the buckets ask of the memory between visits, which is loaded after the first paint.

import type { Held, Span } from './wanted.ts'

export interface Sought {
  project: string
  category: string
  /** Bucket length that is wanted (ms). */
  stepMs: number
  window: Span
}

export interface Past {
  /**
   * What covers most of the window, if more than `least` (0 to 1) of it; null when there is nothing of the kind. What
   * may be other meanwhile is marked as doubtful.
   */
  find(sought: Sought, least: number): Promise<Held | null> | null
  /** Keeps a run of buckets for later; `isRegular`: its points come by a clock, and none comes late. */
  keep(project: string, category: string, held: Held, isRegular: boolean): void
  /** What was kept so far may be other meanwhile, but for what is settled. */
  doubt(): void
  /** Forgets what touches [from, to) of a project, or of one category, or all of it. */
  forget(project: string, span?: Span, category?: string): void
}
