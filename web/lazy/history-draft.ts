// What somebody has chosen for the history but not yet saved, and what that would cost: reckoned here, by what the
// server measured, so that the size follows each choice at once.

import {
  type RetentionCost,
  type RetentionPlan,
  retentionCost,
  retentionOf,
} from '../../common/retention-cost.ts'
import type { RetentionState, WireRetention } from '../../common/wire.ts'

/** An age in seconds; null: as all others. */
export type Choice = number | null

export type Aspect = 'maxAgeSeconds' | 'fullResolutionSeconds'

type Own = Readonly<Record<Aspect, Choice>>

/** One category on the screen. */
export interface CategoryLine extends Own {
  name: string
  /** Bytes in the end, in all projects. */
  bytes: number
}

const asOthers: Own = { maxAgeSeconds: null, fullResolutionSeconds: null }

export class HistoryDraft {
  readonly #saved: RetentionState
  #all: Record<Aspect, number>
  readonly #own: Map<string, Own>

  constructor(saved: RetentionState) {
    this.#saved = saved
    const { maxAgeSeconds, fullResolutionSeconds } = saved
    this.#all = { maxAgeSeconds, fullResolutionSeconds }
    this.#own = new Map(saved.categories.map(({ name, ...own }) => [name, own]))
  }

  /** What holds for a category, or for all that have nothing of their own; points no longer than everything. */
  kept(category?: string): Record<Aspect, number> {
    return category === undefined ? retentionOf('', { ...this.#all }) : retentionOf(category, this.#plan)
  }

  choose(aspect: Aspect, seconds: number): void {
    this.#all = { ...this.#all, [aspect]: seconds }
  }

  chooseFor(category: string, aspect: Aspect, choice: Choice): void {
    const own = { ...(this.#own.get(category) ?? asOthers), [aspect]: choice }
    if (own.maxAgeSeconds === null && own.fullResolutionSeconds === null) this.#own.delete(category)
    else this.#own.set(category, own)
  }

  get cost(): RetentionCost {
    return retentionCost(this.#saved.uses, this.#plan)
  }

  /** The longest time (seconds) that anything is kept. */
  get longest(): number {
    const own = [...this.#own.values()].map(({ maxAgeSeconds }) => maxAgeSeconds ?? 0)
    return Math.max(this.#all.maxAgeSeconds, ...own)
  }

  /** Categories in the order of their cards, then those that only the settings name. */
  get lines(): CategoryLine[] {
    const bytes = new Map<string, number>()
    for (const { category, pointBytes, sumBytes } of this.cost.categories) {
      bytes.set(category, (bytes.get(category) ?? 0) + pointBytes + sumBytes)
    }
    for (const name of this.#own.keys()) bytes.set(name, bytes.get(name) ?? 0)
    return [...bytes].map(([name, size]) => ({ name, bytes: size, ...(this.#own.get(name) ?? asOthers) }))
  }

  get isChanged(): boolean {
    return JSON.stringify(this.wire) !== JSON.stringify(wireOf(this.#saved))
  }

  /** Something would be kept for a shorter time than now. */
  get deletes(): boolean {
    const before = new HistoryDraft(this.#saved)
    return [undefined, ...this.lines.map(({ name }) => name)].some((name) => {
      const [then, now] = [before.kept(name), this.kept(name)]
      return now.maxAgeSeconds < then.maxAgeSeconds || now.fullResolutionSeconds < then.fullResolutionSeconds
    })
  }

  /** What is to be saved. */
  get wire(): WireRetention {
    return wireOf({ ...this.#all, categories: [...this.#own].map(([name, own]) => ({ name, ...own })) })
  }

  get #plan(): RetentionPlan {
    const overrides = [...this.#own].map(([name, { maxAgeSeconds, fullResolutionSeconds }]) => [
      name,
      {
        ...(maxAgeSeconds !== null && { maxAgeSeconds }),
        ...(fullResolutionSeconds !== null && { fullResolutionSeconds }),
      },
    ])
    return { ...this.#all, overrides: Object.fromEntries(overrides) }
  }
}

/** In one order, so that it can be compared. */
const wireOf = ({ maxAgeSeconds, fullResolutionSeconds, categories }: WireRetention): WireRetention => ({
  maxAgeSeconds,
  fullResolutionSeconds,
  categories: categories
    .map(({ name, ...own }) => ({
      ...{ name, maxAgeSeconds: own.maxAgeSeconds, fullResolutionSeconds: own.fullResolutionSeconds },
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1)),
})
