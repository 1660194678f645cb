// Looks after the history, a little at a time: seals the log into chunks, builds the levels, joins small chunks,
// gives up what is too old and gives the space back. One process does it; two would only get in each other's way.

import type { Clock } from '../../common/clock.ts'
import { type Catalogue, isRemoved } from '../catalogue.ts'
import type { Forgetter } from '../forget.ts'
import type { PruneOptions } from '../types.ts'
import { Compactor } from './compactor.ts'
import { floorTo } from './levels.ts'
import type { LogTrimmer } from './log-trimmer.ts'
import { horizonStep, type Keep, Retention } from './retention.ts'
import { Roller } from './roller.ts'
import { Sealer } from './sealer.ts'
import { lowDiskBytes, type Space } from './space.ts'
import type { CategoryState } from './state.ts'
import { sweep, sweepYoung } from './sweep.ts'
import type { Workshop } from './workshop.ts'

/** The log is sealed when so many points wait in it, or so many rows. */
export interface SealAt {
  points: number
  rows: number
}

export const defaultSealAt: SealAt = { points: 20_000, rows: 360 }

/** Whoever appends has to help when the log is longer than this many points: a bulk import, or no keeper. */
const mostPoints = 400_000
/** Such a helper takes a step after about as many points as a step seals. */
const pointsAStep = 4096
/** Whoever appends fewer at once helps only when many more have gathered: it is not who fills the log. */
const fewPoints = 64
const patienceOfFew = 16
const hourMs = 3_600_000

/** Of a project that was removed: whatever time its points have, they go. */
const nothing: Keep = { from: 2 ** 51, pointsFrom: 2 ** 51 }

export interface KeeperParts {
  workshop: Workshop
  catalogue: Catalogue
  trimmer: LogTrimmer
  space: Space
  clock: Clock
  freeBytes: () => number
  forgetter: Forgetter
  sealAt: SealAt
}

interface Place {
  category: number
  step: number
  time: number
}

export class Keeper {
  /** Points are given up early, for the disk is almost full. */
  diskLow = false
  readonly #parts: KeeperParts
  readonly #sealer: Sealer
  readonly #roller: Roller
  readonly #compactor: Compactor
  readonly #retention: Retention
  /** Rows of the log up to this are being sealed. */
  #target = 0
  /** The hour in which the catalogue was last rid of what is empty. */
  #forgotten: number | undefined
  /** Points appended for which nobody has helped. */
  #owed = 0
  /** Where chunks came that may be joined. */
  #places: Place[] | undefined

  constructor(parts: KeeperParts) {
    const { workshop, catalogue } = parts
    this.#parts = parts
    this.#sealer = new Sealer(workshop, (category) => intervalMs(catalogue, category))
    this.#roller = new Roller(workshop)
    this.#compactor = new Compactor(workshop)
    this.#retention = new Retention(workshop)
    workshop.changed = (category, step, time) => this.#places?.push({ category, step, time })
  }

  /** Seals and builds what is due, for about `budgetMs`; true when more is left. */
  seal(budgetMs: number): boolean {
    return this.#repeat(budgetMs, () => this.#sealStep(false))
  }

  /** Seals and builds everything there is. */
  sealAll(): void {
    while (this.#sealStep(true)) sweep()
    this.#parts.space.giveBackAll()
  }

  /** Before the store is closed: whoever filled the log leaves no more than a keeper would. */
  finish(): void {
    if (this.#waiting().points < this.#parts.sealAt.points) return
    while (this.#sealStep(false)) sweep()
    this.#parts.space.giveBackAll()
  }

  /** Does all upkeep that is due, for about `budgetMs`; true when more is left. At least one step is taken. */
  prune(options: PruneOptions): boolean {
    const { space, freeBytes } = this.#parts
    this.diskLow = freeBytes() < lowDiskBytes
    const step = () => this.#sealStep(false) || this.#giveUpStep(options) || space.giveBack()
    if (this.#repeat(options.budgetMs, step)) return true
    space.shortenLog(this.diskLow)
    this.#forgetHourly(options.now)
    return false
  }

  /** A step of help, now and then, from whoever fills the log faster than it is sealed. */
  help(appended: number): void {
    this.#owed += appended
    if (this.#owed < (appended <= fewPoints ? pointsAStep * patienceOfFew : pointsAStep)) return
    const before = this.#waiting().points
    if (before <= mostPoints) {
      this.#owed = 0
      return
    }
    this.#sealStep(false)
    this.#owed = Math.max(0, this.#owed - (before - this.#waiting().points))
    sweep()
  }

  /** Rids the catalogue of what is empty when an hour is over, for looking at all of it costs a little. */
  #forgetHourly(now: number): void {
    const hour = floorTo(now, hourMs)
    if (hour === this.#forgotten) return
    if (this.#forgotten !== undefined) this.#parts.forgetter.forget()
    this.#forgotten = hour
  }

  #repeat(budgetMs: number, step: () => boolean): boolean {
    const { clock } = this.#parts
    // The last step may be the longest: none begins late.
    const until = clock.monotonic() + budgetMs / 4
    while (step()) {
      sweepYoung()
      if (clock.monotonic() >= until) return true
    }
    return false
  }

  /** One step of sealing, building or joining; false when nothing is due. */
  #sealStep(all: boolean): boolean {
    const { workshop, trimmer } = this.#parts
    const states = workshop.plan(() => [...workshop.states.all()])
    this.#chooseTarget(all)
    return (
      states.some((state) => this.#sealer.seal(state, this.#target)) ||
      trimmer.trim(states) ||
      states.some((state) => this.#roller.roll(state)) ||
      this.#join()
    )
  }

  /** A new target only when every category has reached the old one: else the first would be sealed again and again. */
  #chooseTarget(all: boolean): void {
    const { points, rows, first } = this.#waiting()
    if (first <= this.#target) return
    const { sealAt, workshop } = this.#parts
    if (all || points >= sealAt.points || rows >= sealAt.rows) this.#target = workshop.live.lastRow
  }

  /** What is in the log and in no chunk. */
  #waiting(): { points: number; rows: number; first: number } {
    const { states, live } = this.#parts.workshop
    let points = 0
    let first = live.lastRow + 1
    for (const { head } of states.all()) {
      points += head.length
      if (head.length > 0) first = Math.min(first, head.rows[0] as number)
    }
    return { points, rows: live.lastRow + 1 - first, first }
  }

  #join(): boolean {
    const { states } = this.#parts.workshop
    this.#places ??= allPlaces(states.all())
    for (let place = this.#places.pop(); place; place = this.#places.pop()) {
      const { category, step, time } = place
      if (this.#compactor.compact(states.of(category), step, time)) return true
    }
    return false
  }

  #giveUpStep(options: PruneOptions): boolean {
    const { workshop, catalogue, freeBytes } = this.#parts
    const states = [...workshop.states.all()]
    const named = catalogue.byId()
    const isDone = states.every((state) => {
      const owner = named.get(state.category)
      const keep = owner && isRemoved(owner) ? nothing : keepOf(options, owner?.name ?? '')
      return !this.#retention.giveUp(state, keep)
    })
    if (!isDone) return true
    if (!this.diskLow || freeBytes() >= lowDiskBytes) return false
    return states
      .toSorted((a, b) => a.first - b.first)
      .some((state) => this.#retention.giveUpOldestPoints(state))
  }
}

/** Every place's end: after a start nobody remembers where chunks were small. */
const allPlaces = (states: Iterable<CategoryState>): Place[] =>
  [...states].flatMap(({ category, levels }) =>
    [0, ...levels.map(({ step }) => step)].map((step) => ({ category, step, time: Number.MAX_SAFE_INTEGER })),
  )

const intervalMs = (catalogue: Catalogue, category: number): number =>
  (catalogue.byId().get(category)?.declaration.everySeconds ?? 0) * 1000

/** What the settings keep of a category. */
function keepOf({ now, overrides = {}, ...all }: PruneOptions, category: string): Keep {
  const maxAgeSeconds = overrides[category]?.maxAgeSeconds ?? all.maxAgeSeconds
  const fullSeconds = overrides[category]?.fullResolutionSeconds ?? all.fullResolutionSeconds ?? maxAgeSeconds
  const horizon = (ageMs: number) => floorTo(now - ageMs, horizonStep(ageMs))
  return {
    from: horizon(maxAgeSeconds * 1000),
    pointsFrom: horizon(Math.min(fullSeconds, maxAgeSeconds) * 1000),
  }
}
