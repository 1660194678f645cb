// Sees to it that every card has the buckets of the visible window: cards on the screen first, in one request, the
// others after them. What is there stays until finer data has come; a request that nobody waits for any more is
// aborted; live points grow what reaches the present, so that a live view hardly ever asks again.

import type { ColumnBuckets } from '../../common/buckets-binary.ts'
import type { Category, LivePoints } from '../../common/wire.ts'
import type { View } from '../view/view.ts'
import { fetchBuckets } from './api.ts'
import { addPoint, cut, endOf, evenOut, fromAnswer, type Holding, join } from './holding.ts'
import type { Past } from './past.ts'
import { coverage, Shelf } from './shelf.ts'
import { aligned, type Held, hull, missing, question, type Span, stepFor } from './wanted.ts'

export interface BucketsOptions {
  view: View
  /** Width of a graph in CSS pixels: at most so many buckets are asked for. Null: nothing is drawn yet. */
  pixels: () => number | null
  /** Whether anything may be fetched ahead now; left out: never. */
  ahead?: () => boolean
  /** An answer has brought these categories other data. */
  changed: (categories: readonly string[]) => void
  failed: (error: unknown) => void
  loaded: () => void
}

interface Request extends Span {
  stepMs: number
  /** At most so many. */
  buckets: number
  abort: AbortController
  /** Live points that came while it was under way: the answer may have been made before them. */
  meanwhile: LivePoints[]
}

/** While a finger moves, ask this often (ms) at most. */
const pauseMs = 120
/** Long enough for the cards to be laid out and for changes that come together, too short to be noticed. */
const leastPauseMs = 20
/** After a failure, ask again not before (ms). */
const afterFailureMs = 3000
/** The server's own limit. */
const mostBuckets = 2000
/** A graph that is narrower than this is being laid out still. */
const leastPixels = 50
/** A live window asks so far (ms) beyond its right edge: for what came since it was last moved. */
const aheadMs = 1500

/** When nothing is missing for so long (ms), what lies beside the window is fetched ahead. */
const restMs = 1000

/** What is held up to no end grows with live points. */
const live = Number.POSITIVE_INFINITY

export class Buckets {
  readonly #options: BucketsOptions
  #project = ''
  #categories = new Map<string, Category>()
  #categoryOf = new Map<number, string>()
  readonly #held = new Map<string, Held>()
  readonly #shelf = new Shelf()
  /** What earlier visits left, once it is loaded. */
  #past: Past | null = null
  #waits = false
  /** Categories of which something is being read from there. */
  readonly #recalled = new Set<string>()
  #rest: ReturnType<typeof setTimeout> | undefined
  #near: ReadonlySet<string> = new Set()
  #request: Request | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #lookedAt = Number.NEGATIVE_INFINITY
  #failedAt = Number.NEGATIVE_INFINITY

  constructor(options: BucketsOptions) {
    this.#options = options
    options.view.subscribe(() => this.#soon())
  }

  /** True when the window misses nothing that could be had. */
  get idle(): boolean {
    return this.#request === null && this.#timer === undefined
  }

  /** Asks for nothing until `memory` is there, or is known not to come. */
  waitFor(memory: Promise<unknown>): void {
    this.#waits = true
    void memory.then(() => {
      this.#waits = false
      this.#soon()
    })
  }

  /** From now on what was seen is kept there, and looked for there before it is asked for. */
  set past(past: Past) {
    this.#past = past
    this.#soon()
  }

  /** What is held of a category, if anything yet. */
  holding(category: string): Holding | undefined {
    return this.#held.get(category)?.holding
  }

  /** Names the project and what it has; another project's data is dropped. */
  setCatalogue(project: string, categories: readonly Category[]): void {
    if (project !== this.#project) this.#clear()
    this.#project = project
    this.#categories = new Map(categories.map((category) => [category.name, category]))
    // The first points of a new series came before anybody knew whose they are.
    for (const { name, series } of categories) {
      const held = this.#held.get(name)
      if (!held || series.every(({ id }) => this.#categoryOf.has(id))) continue
      held.askedStepMs = 0
      this.#shelf.forgetCategory(name)
      this.#past?.forget(project, undefined, name)
    }
    this.#categoryOf = new Map(categories.flatMap(({ name, series }) => series.map(({ id }) => [id, name])))
    this.#soon()
  }

  /** Names the cards on or near the screen. */
  setNear(categories: ReadonlySet<string>): void {
    this.#near = categories
    this.#soon()
  }

  /** Looks whether anything is missing: the graphs may have other widths now. */
  look(): void {
    this.#soon()
  }

  /** Asks for everything in the window again; what is there stays until the answer comes. */
  reload(): void {
    this.#failedAt = Number.NEGATIVE_INFINITY
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#request?.abort.abort()
    this.#request = null
    this.#shelf.clear()
    this.#past?.doubt()
    for (const held of this.#held.values()) held.doubtful = true
    this.#soon()
  }

  /** Forgets what earlier visits left as well. */
  reloadAll(): void {
    this.#past?.forget(this.#project)
    this.reload()
  }

  /** Late points landed in [from, to): what touches it is asked for again. */
  reloadSpan({ from, to }: Span): void {
    this.#shelf.forgetSpan({ from, to })
    this.#past?.forget(this.#project, { from, to })
    for (const held of this.#held.values()) {
      if (from < endOf(held.holding) && to > held.holding.from) held.askedStepMs = 0
    }
    this.#soon()
  }

  /** Live points from `since` (ms) on may have been missed: that time is asked for again. */
  doubt(since: number): void {
    this.#shelf.forgetSpan({ from: since, to: live })
    for (const held of this.#held.values()) held.until = Math.min(held.until, since)
    this.#soon()
  }

  /** Forgets everything. */
  #clear(): void {
    this.#request?.abort.abort()
    this.#request = null
    this.#held.clear()
    this.#shelf.clear()
  }

  /**
   * Live points, in order of time; ids that are not in the catalogue are left to the next answer. Whoever brings them
   * knows what they change.
   */
  add(points: LivePoints): void {
    this.#request?.meanwhile.push(points)
    this.#merge(points)
  }

  #merge(points: LivePoints): void {
    const touched = new Set<string>()
    for (const { time, values } of points) {
      for (const [key, value] of Object.entries(values)) {
        const id = Number(key)
        const category = this.#categoryOf.get(id)
        const held = category === undefined ? undefined : this.#held.get(category)
        if (!category || held?.until !== live) continue
        if (addPoint(held.holding, id, time, value)) touched.add(category)
      }
    }
    for (const category of touched) this.#tidy(category)
  }

  /** Keeps a growing holding even, and from growing for ever. */
  #tidy(category: string): void {
    const held = this.#held.get(category)
    if (!held) return
    const { from, to } = this.#options.view.state
    const span = to - from
    const { holding } = held
    if (
      held.askedStepMs === this.#step() &&
      holding.length * holding.stepMs > 6 * span + 60 * holding.stepMs
    ) {
      held.holding = cut(holding, from - 2 * span, to + 2 * span)
      held.until = Math.min(held.until, endOf(held.holding) < endOf(holding) ? endOf(held.holding) : live)
    }
    evenOut(held.holding)
  }

  /** Bucket length for the present window; null while nothing is drawn. */
  #step(): number | null {
    const pixels = this.#options.pixels()
    if (pixels === null) return null
    const { from, to } = this.#options.view.state
    return stepFor(to - from + aheadMs, Math.min(mostBuckets, Math.max(leastPixels, Math.floor(pixels))))
  }

  #soon(): void {
    const now = Date.now()
    const notBefore = Math.max(now + leastPauseMs, this.#lookedAt + pauseMs, this.#failedAt + afterFailureMs)
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.#lookedAt = Date.now()
      this.#load()
    }, notBefore - now)
  }

  #load(): void {
    if (this.#categories.size === 0 || this.#waits) return
    const { state, now } = this.#options.view
    const stepMs = this.#step()
    if (stepMs === null) {
      this.#soon()
      return
    }
    const wanted = aligned({ from: state.from, to: state.live ? now + aheadMs : state.to }, stepMs)
    if (this.#isUnderWay(wanted, stepMs)) return
    this.#bringBack(wanted, stepMs)
    this.#recall(wanted, stepMs)
    const names = [...this.#categories.keys()].filter((name) => !this.#recalled.has(name))
    const near = names.filter((name) => this.#near.has(name))
    const far = names.filter((name) => !this.#near.has(name))
    if (this.#ask(near, wanted, stepMs) || this.#ask(far, wanted, stepMs)) {
      clearTimeout(this.#rest)
      this.#rest = undefined
    } else if (this.#options.ahead) {
      this.#rest ??= setTimeout(() => this.#lookAhead(), restMs)
    }
  }

  /** Shows again what was seen before: what misses anything is exchanged for what covers as much of the window. */
  #bringBack(wanted: Span, stepMs: number): void {
    const { state, now } = this.#options.view
    const brought: string[] = []
    for (const [name, held] of this.#held) {
      if (!missing(held, wanted, stepMs)) continue
      const apart = held.askedStepMs !== stepMs || coverage(held, state) === 0
      const back = apart ? this.#shelf.take(name, stepMs, state, coverage(held, state)) : null
      if (!back) continue
      this.#shelf.put(name, held, now)
      this.#held.set(name, back)
      brought.push(name)
    }
    if (brought.length > 0) this.#options.changed(brought)
  }

  /** Looks for what is missing in what earlier visits left; it is asked for only when that is known. */
  #recall(wanted: Span, stepMs: number): void {
    for (const category of this.#past ? this.#categories.keys() : []) {
      const held = this.#held.get(category)
      if (this.#recalled.has(category) || !missing(held, wanted, stepMs)) continue
      const window = this.#options.view.state
      const least = held?.askedStepMs === stepMs ? coverage(held, window) : 0
      const found = this.#past?.find({ project: this.#project, category, stepMs, window }, least)
      if (!found) continue
      this.#recalled.add(category)
      void found.then((back) => this.#show(category, back, stepMs))
    }
  }

  #show(category: string, back: Held | null, stepMs: number): void {
    this.#recalled.delete(category)
    const held = this.#held.get(category)
    const { state, now } = this.#options.view
    const isBetter = back && (held?.askedStepMs !== stepMs || coverage(back, state) > coverage(held, state))
    if (isBetter && this.#categories.has(category) && stepMs === this.#step()) {
      if (held) this.#shelf.put(category, held, now)
      this.#held.set(category, back)
      this.#options.changed([category])
    }
    this.#soon()
  }

  /** Keeps what is held now for the next visit. */
  keepAll(): void {
    for (const name of this.#held.keys()) this.#keep(name)
  }

  #keep(name: string): void {
    const held = this.#held.get(name)
    const isRegular = (this.#categories.get(name)?.everySeconds ?? 0) > 0
    if (held) this.#past?.keep(this.#project, name, held, isRegular)
  }

  /** Fetches a window's length before the window, and one after it, for the cards on the screen. */
  #lookAhead(): void {
    this.#rest = undefined
    const { state, now, oldest, held } = this.#options.view
    const stepMs = this.#step()
    if (held || this.#request || stepMs === null || !this.#options.ahead?.()) return
    const near = [...this.#categories.keys()].filter((name) => this.#near.has(name))
    const { from, to, live: following } = state
    const span = to - from
    const start = oldest === null ? from - span : Math.max(from - span, Math.min(oldest, from))
    if (this.#ask(near, aligned({ from: start, to }, stepMs), stepMs) || following) return
    this.#ask(near, aligned({ from, to: Math.min(to + span, now) }, stepMs), stepMs)
  }

  /** True when a request runs that the window still waits for; any other is aborted. */
  #isUnderWay(wanted: Span, stepMs: number): boolean {
    const running = this.#request
    if (running?.stepMs === stepMs && running.from < wanted.to && running.to > wanted.from) return true
    running?.abort.abort()
    this.#request = null
    return false
  }

  /** False when none of `names` misses anything. */
  #ask(names: readonly string[], wanted: Span, stepMs: number): boolean {
    const needs = names.flatMap((name) => {
      const span = missing(this.#held.get(name), wanted, stepMs)
      return span ? [{ name, span }] : []
    })
    const span = hull(needs.map((need) => need.span))
    if (!span) return false
    const request = { ...question(span, stepMs), stepMs, abort: new AbortController(), meanwhile: [] }
    this.#request = request
    void this.#run(
      request,
      needs.map(({ name }) => name),
    )
    return true
  }

  async #run(request: Request, categories: readonly string[]): Promise<void> {
    const { from, to, buckets, stepMs, abort, meanwhile } = request
    const project = this.#project
    const reachesPresent = to >= this.#options.view.now + aheadMs
    try {
      const result = await fetchBuckets({ project, categories, from, to, buckets, signal: abort.signal })
      if (abort.signal.aborted) return
      this.#request = null
      for (const buckets of result.categories) this.#take(buckets, stepMs, reachesPresent)
      for (const points of meanwhile) this.#merge(points)
      for (const name of categories) {
        this.#tidy(name)
        this.#keep(name)
      }
      this.#options.changed(categories)
      this.#options.loaded()
      this.#soon()
    } catch (error) {
      if (abort.signal.aborted) return
      this.#request = null
      this.#failedAt = Date.now()
      this.#options.failed(error)
    }
  }

  /** Joins an answer to what is held for the same bucket length, or puts it in its place. */
  #take(buckets: ColumnBuckets, askedStepMs: number, reachesPresent: boolean): void {
    const everyMs = (this.#categories.get(buckets.name)?.everySeconds ?? 0) * 1000
    const answer = fromAnswer(buckets, everyMs)
    const old = this.#held.get(buckets.name)
    const continues = !old?.doubtful && old?.askedStepMs === askedStepMs && answer.from <= old.until
    const joined = continues ? join(old.holding, answer) : null
    const until = reachesPresent ? live : endOf(answer)
    if (old && !joined) this.#shelf.put(buckets.name, old, this.#options.view.now)
    this.#held.set(buckets.name, {
      holding: joined ?? answer,
      askedStepMs,
      until: joined && old ? Math.max(old.until, until) : until,
    })
  }
}
