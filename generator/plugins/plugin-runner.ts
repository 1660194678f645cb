// A plugin's life round after round: when it is due, how long it takes, what comes out for which category, and whether
// that is a failure. The same for modules, programs and scraped pages.

import type { Clock } from '../../common/clock.ts'
import { maxNameLength } from '../../common/point.ts'
import { checkReadings } from '../check-readings.ts'
import type { Readings } from '../gather.ts'
import { secondsOf } from '../precision.ts'
import { Rates } from '../rate.ts'
import type { Category, CategoryGather, Outcome, RoundRunner, RunnerRound } from '../runner.ts'
import { type CategoryWords, type Measured, noWords, type Part, type Source } from './measured.ts'

export interface PluginRunnerOptions {
  /** Name of its category where it has one of its own. */
  name: string
  words: CategoryWords
  source: Source
  stepMs: number
  clock: Clock
  mostSeries: number
  /** Whether a category may be this plugin's; it is from then on. */
  claim: (category: string) => boolean
  /** Trying is costly: after failures it is done less and less often. */
  backsOff?: boolean
}

interface PluginCategory extends Category {
  rates: Rates
  /** Every label that there ever was. */
  labels: Set<string>
  words: string
}

const nothing: ReadonlyMap<string, number> = new Map()
/** A reading that takes longer (ms) is not waited for by the round. */
const slowMs = 100
/** Who has not answered for so long (ms), and its interval, is asked again. */
const leastPatienceMs = 10_000
const longestMessage = 500
const mostCategories = 100
const mostOfOneName = 100
/** Labels that come and go count as well, up to so many times as many as may be at one time. */
const labelChurn = 10
const failuresBeforePause = 3
const longestPauseMs = 300_000

export class PluginRunner implements RoundRunner {
  readonly name: string
  readonly everyMs: number
  /** Of its newest reading. */
  last: { seconds: number; good: boolean } | undefined
  /** Why it fails at present; null when it does not. */
  failure: string | null = null
  /** Series of its newest reading. */
  series = 0
  /** Said on its cards whatever it reads: a newer version cannot be loaded. */
  standing: string | null = null
  readonly #options: PluginRunnerOptions
  readonly #categories = new Map<string, PluginCategory>()
  /** What its categories are called, by what they would be called if nobody else had the name. */
  readonly #names = new Map<string, string>()
  #lastSlot: number | undefined
  #runningSince: number | undefined
  #inARow = 0
  #notBefore = Number.NEGATIVE_INFINITY

  constructor(options: PluginRunnerOptions) {
    const { words, stepMs } = options
    this.name = options.name
    this.everyMs = Math.max(1, Math.ceil((words.every * 1000) / stepMs)) * stepMs
    this.#options = options
  }

  /** Names of the categories that it has had. */
  get categories(): string[] {
    return [...this.#categories.keys()]
  }

  get isSlow(): boolean {
    return this.last !== undefined && this.last.seconds * 1000 > slowMs
  }

  isDue(grid: number): boolean {
    return (
      Math.floor(grid / this.everyMs) !== this.#lastSlot && this.#options.clock.monotonic() >= this.#notBefore
    )
  }

  async run(round: RunnerRound): Promise<readonly Outcome[]> {
    this.#lastSlot = Math.floor(round.grid / this.everyMs)
    const began = this.#options.clock.monotonic()
    const patienceMs = Math.max(this.everyMs, leastPatienceMs)
    if (this.#runningSince !== undefined && began - this.#runningSince < patienceMs) {
      return this.#late(round, began - this.#runningSince)
    }
    this.#runningSince = began
    try {
      const measured = await this.#options.source.read()
      if (this.#runningSince !== began) return []
      return this.#measured(measured, round, began)
    } catch (error) {
      if (this.#runningSince !== began) return []
      const message = error instanceof Error ? error.message : String(error)
      return this.#failed(message.slice(0, longestMessage), round, began)
    } finally {
      if (this.#runningSince === began) this.#runningSince = undefined
    }
  }

  close(): Promise<void> {
    return this.#options.source.close()
  }

  /** An outcome that says `failure` on each of its cards (or on one made for it), or takes it away. */
  say(failure: string | null, time: number): Outcome[] {
    const categories =
      this.#categories.size > 0
        ? [...this.#categories.values()]
        : [this.#category({ name: '', readings: {} })]
    return categories.map((category) => ({ category, time, readings: {}, values: nothing, failure }))
  }

  /** Not yet a failure within its interval. */
  #late(round: RunnerRound, sinceMs: number): Outcome[] {
    if (sinceMs < this.everyMs) return []
    return this.#noted(`has not answered within ${this.everyMs / 1000} s`, round)
  }

  #failed(message: string, round: RunnerRound, began: number): Outcome[] {
    const { clock, backsOff } = this.#options
    this.last = { seconds: secondsOf(clock.monotonic() - began), good: false }
    this.#inARow++
    if (backsOff && this.#inARow >= failuresBeforePause) {
      const pauseMs = this.everyMs * 2 ** (this.#inARow - failuresBeforePause + 1)
      this.#notBefore = clock.monotonic() + Math.min(pauseMs, longestPauseMs)
    }
    return this.#noted(message, round)
  }

  #noted(failure: string, round: RunnerRound): Outcome[] {
    this.failure = failure
    return this.say(this.standing ?? failure, round.time)
  }

  #measured({ parts, failure }: Measured, round: RunnerRound, began: number): Outcome[] {
    const at = this.#options.clock.monotonic()
    this.last = { seconds: secondsOf(at - began), good: failure === null }
    this.#inARow = 0
    const outcomes: Outcome[] = []
    const failures = failure === null ? [] : [failure]
    if (parts.length > mostCategories)
      failures.push(`has ${parts.length} categories; ${mostCategories} are kept`)
    for (const part of parts.slice(0, mostCategories)) {
      const outcome = this.#part(part, { ...round, at }, failures)
      if (outcome) outcomes.push(outcome)
    }
    this.failure = failures[0]?.slice(0, longestMessage) ?? null
    this.series = outcomes.reduce((sum, { readings }) => sum + Object.keys(readings).length, 0)
    return this.#withFailure(outcomes, this.standing ?? this.failure, round)
  }

  /** On every card; also on those that were not read this time. */
  #withFailure(outcomes: readonly Outcome[], failure: string | null, round: RunnerRound): Outcome[] {
    const isNew = this.#categories.size === 0
    if (isNew && failure === null) return []
    const read = new Set(outcomes.map(({ category }) => category.name))
    const others = this.say(failure, round.time).filter(({ category }) => !read.has(category.name))
    return [...outcomes.map((outcome) => ({ ...outcome, failure })), ...others]
  }

  #part(part: Part, moment: RunnerRound & { at: number }, failures: string[]): Outcome | undefined {
    const name = this.#nameOf(part)
    if (name.length > maxNameLength || name === '') {
      failures.push(`a category's name must have 1 to ${maxNameLength} characters, not ${name.length}`)
      return undefined
    }
    const category = this.#category(part)
    const { readings, failure } = checkReadings(part.readings)
    if (failure !== null) failures.push(failure)
    const kept = this.#bounded(readings, category, failures)
    const values = category.rates.next(kept, moment)
    return { category, time: moment.time, readings: kept, values, failure: null }
  }

  /** No more series at a time than allowed, and no more labels over time than ten times that. */
  #bounded(readings: Readings, { labels }: PluginCategory, failures: string[]): Readings {
    const { mostSeries } = this.#options
    const given = Object.keys(readings)
    for (const label of given) if (labels.size < mostSeries * labelChurn) labels.add(label)
    const kept = given.filter((label) => labels.has(label)).slice(0, mostSeries)
    if (kept.length === given.length) return readings
    failures.push(`has ${given.length} series; ${kept.length} are kept (setting PluginSeries)`)
    return Object.fromEntries(kept.map((label) => [label, readings[label] ?? 0]))
  }

  #nameOf({ name, category }: Part): string {
    const wanted = category ?? (name === '' ? this.name : `${this.name} ${name}`)
    const known = this.#names.get(wanted)
    if (known !== undefined) return known
    let free = wanted
    // Two plugins, or a plugin and a gather, of one name have a card each.
    for (let n = 2; !this.#options.claim(free) && n <= mostOfOneName; n++) free = `${wanted} ${n}`
    this.#names.set(wanted, free)
    return free
  }

  #category(part: Part): PluginCategory {
    const name = this.#nameOf(part)
    const words = { ...noWords, ...this.#options.words, ...part.words }
    const asText = JSON.stringify(words)
    const known = this.#categories.get(name)
    if (known?.words === asText) return known
    const category = {
      ...{ name, words: asText, everyMs: this.everyMs, gather: gatherOf(words) },
      rates: known?.rates ?? new Rates({ kind: words.kind, unit: words.unit, everyMs: this.everyMs }),
      labels: known?.labels ?? new Set<string>(),
    }
    this.#categories.set(name, category)
    return category
  }
}

function gatherOf({ help, unit, graph, min, max }: CategoryWords): CategoryGather {
  return { help, unit, graph, min, max, about: () => undefined }
}
