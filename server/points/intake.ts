// One sender's points on their way in: each is checked as it comes, what is wrong is written down with its line, and
// what is good is stored together. Parsers of all formats end here.

import { maxFutureMs, type Point } from '../../common/point.ts'
import { Problem, type RefusedLine } from '../../common/problem.ts'
import { type RetentionPlan, retentionOf } from '../../common/retention-cost.ts'
import type { KnownSeries, Store } from '../../store/types.ts'
import type { StorageState } from '../storage-state.ts'
import type { CommitQueue } from './commit-queue.ts'
import { declareSaid, type Owner } from './declare-said.ts'
import { mostRefusalsTold, type Says } from './incoming.ts'
import { expectedName, isName } from './names.ts'
import type { Limits, NewSeries, ProjectGate } from './project-gate.ts'

export interface IntakeParts {
  store: Pick<Store, 'series' | 'declared' | 'declare'>
  queue: CommitQueue
  /** Told whether points could be stored. */
  storage: Pick<StorageState, 'refused' | 'accepted'>
  gate: ProjectGate
  owner: Owner
  limits: Limits
  plan: RetentionPlan
  /** Of the wall clock, ms. */
  now: number
}

/** What is known of one category while points of it come. */
interface Place {
  stored: { has(label: string): boolean } | undefined
  /** Labels that were let in. */
  fresh: Set<string>
  oldest: number
  /** Where that limit stands. */
  ageFrom: string
}

interface Said extends NewSeries {
  says: Says
}

type Reason = Omit<RefusedLine, 'line'>

export class Intake {
  /** The first refusals, in order. */
  readonly refusals: RefusedLine[] = []
  /** How many there are in all. */
  refused = 0
  /** Of the wall clock when the points came, ms: the time of points that bring none. */
  readonly now: number
  readonly #parts: IntakeParts
  readonly #points: Point[] = []
  readonly #places = new Map<string, Place>()
  readonly #said: Said[] = []
  readonly #made: NewSeries[] = []
  #known: { series: KnownSeries; revision: number } | undefined
  /** How many series there are, counted once the first new one comes. */
  #count: number | undefined
  #category = ''
  #place: Place | undefined

  constructor(parts: IntakeParts) {
    this.#parts = parts
    this.now = parts.now
  }

  /** Points that are good so far. */
  get length(): number {
    return this.#points.length
  }

  /** Takes a point, or writes down why not; true when it was taken. `time` in whole ms. */
  add(category: string, label: string, time: number, value: number, line: number, says?: Says): boolean {
    let place = this.#place
    if (place === undefined || category !== this.#category) place = this.#enter(category)
    const refusal =
      this.#wrongNumber(place, time, value) ??
      (place.stored?.has(label) || place.fresh.has(label)
        ? undefined
        : this.#wrongSeries(place, category, label))
    if (refusal !== undefined) {
      this.refuse({ line, ...refusal })
      return false
    }
    this.#points.push({ project: this.#parts.owner.key, category, label, time, value })
    if (says !== undefined) this.#said.push({ category, label, says })
    return true
  }

  refuse(refusal: RefusedLine): void {
    this.refused++
    if (this.refusals.length < mostRefusalsTold) this.refusals.push(refusal)
  }

  /** Resolves when all good points are stored; rejects with a Problem `unavailable` when they cannot be. */
  async store(): Promise<void> {
    const { queue, gate, owner, store, storage } = this.#parts
    try {
      gate.pay(this.#points.length)
      await queue.add(owner.key, this.#points)
      for (const { category, label, says } of this.#said) declareSaid(store, owner, { category, label, says })
      storage.accepted()
    } catch (error) {
      if (error instanceof Problem && error.code === 'unavailable') storage.refused(error.message)
      throw error
    } finally {
      this.giveUp()
    }
  }

  /** Brings all that is good, and what is said, to another that was opened at the same time. */
  moveTo(other: Intake): void {
    const said = new Map(this.#said.map((one) => [`${one.category}\0${one.label}`, one.says]))
    for (const { category, label, time, value } of this.#points) {
      other.add(category, label, time, value, 0, said.get(`${category}\0${label}`))
    }
    this.giveUp()
  }

  /** Nothing of it will be stored: what it would have made is free again. */
  giveUp(): void {
    if (this.#made.length > 0) this.#parts.gate.withdraw(this.#made)
    this.#made.length = 0
  }

  #enter(category: string): Place {
    const place = this.#places.get(category) ?? this.#look(category)
    this.#category = category
    this.#place = place
    return place
  }

  #look(category: string): Place {
    const { plan, limits, now } = this.#parts
    const { maxAgeSeconds } = retentionOf(category, plan)
    const seconds = Math.min(maxAgeSeconds, limits.maxAgeSeconds)
    const ageFrom = seconds < maxAgeSeconds ? 'the age limit of its project' : 'MaxAge of settings.conf'
    const stored = this.#series().labels(category)
    const oldest = Math.max(0, now - seconds * 1000)
    const place: Place = { stored, fresh: new Set(), oldest, ageFrom }
    this.#places.set(category, place)
    return place
  }

  #series(): KnownSeries {
    const { store, owner, gate } = this.#parts
    if (this.#known?.revision !== gate.revision) {
      this.#known = { series: store.series(owner.key), revision: gate.revision }
      this.#count = undefined
    }
    return this.#known.series
  }

  #seriesCount(): number {
    const series = this.#series()
    this.#count ??= series.count()
    return this.#count
  }

  #wrongNumber({ oldest, ageFrom }: Place, time: number, value: number): Reason | undefined {
    const newest = this.now + maxFutureMs
    if (!(time >= oldest && time <= newest)) return wrongTime(time, oldest, ageFrom, newest)
    if (Number.isFinite(value)) return undefined
    return invalid('value', 'value is not a finite number', String(value), 'a finite number')
  }

  #wrongSeries(place: Place, category: string, label: string): Reason | undefined {
    if (!isName(category)) return invalid('category', 'category is not valid', category, expectedName(1))
    if (!isName(label)) return invalid('label', 'label is not valid', label, expectedName(1))
    const { gate, limits } = this.#parts
    const admitted = gate.admit({ category, label }, limits, this.#seriesCount())
    if (admitted === 'no') return tooManySeries(limits, label)
    if (admitted === 'now') this.#made.push({ category, label })
    place.fresh.add(label)
    return undefined
  }
}

const invalid = (field: string, message: string, given: unknown, expected: string): Reason => ({
  code: 'invalid',
  message,
  field,
  given,
  expected,
})

function wrongTime(time: number, oldest: number, ageFrom: string, newest: number): Reason {
  const message = time > newest ? 'time is in the future' : 'time is too long ago'
  const expected = `a time from ${timeText(oldest)} (${ageFrom}) to ${timeText(newest)}`
  return invalid('time', message, Number.isFinite(time) ? time : String(time), expected)
}

const timeText = (time: number): string => new Date(time).toISOString()

const tooManySeries = ({ maxSeries }: Limits, label: string): Reason => ({
  code: 'too-many',
  message: `this project has ${maxSeries} series, as many as it may have`,
  field: 'label',
  given: label,
  expected: 'a label that it has already, or a higher limit of series ([Limits] SeriesPerProject)',
})
