// What each category holds, what that takes on the disk and how much comes in: what the cost of keeping history is
// told from. Points are counted exactly, from the sums where there are any, so that nothing is unpacked for it.

import type { Database } from 'better-sqlite3'
import type { Catalogue, CategoryEntry } from '../catalogue.ts'
import type { Holding } from '../types.ts'
import type { Answers } from './answers.ts'
import { floorTo, levelsFor } from './levels.ts'
import type { Live } from './live.ts'
import type { CategoryState, States } from './state.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

export interface HoldingsParts {
  sqlite: Database
  catalogue: Catalogue
  states: States
  live: Live
  answers: Answers
}

/** Packed bytes of one level of a category (step 0: its points), and its rows. */
interface PackedRow {
  category: number
  step: number
  rows: number
  bytes: number
}

interface Window {
  from: number
  to: number
  buckets: number
}

export class Holdings {
  readonly #parts: HoldingsParts
  readonly #packed

  constructor(parts: HoldingsParts) {
    this.#parts = parts
    this.#packed = parts.sqlite.prepare<[], PackedRow>(
      'SELECT category, step, sum(rows) AS rows, sum(length(data)) AS bytes FROM chunk GROUP BY category, step',
    )
  }

  /** All categories of all projects, in order of their making. */
  all(now: number): Holding[] {
    const { catalogue, live } = this.#parts
    return live.read(() => {
      const packed = this.#packed.all()
      return catalogue.projects().flatMap((project) => this.#ofProject(project, now, packed))
    })
  }

  #ofProject(project: string, now: number, packed: readonly PackedRow[]): Holding[] {
    const { catalogue, answers } = this.#parts
    const edges = new Map(answers.catalogue(project).map((one) => [one.name, one]))
    return catalogue.categories(project).map((owner) => {
      const { firstTime = null, lastTime = null } = edges.get(owner.name) ?? {}
      const own = packed.filter(({ category }) => category === owner.id)
      const state = this.#parts.states.of(owner.id)
      const kept = this.#kept(owner, state, firstTime, lastTime)
      return {
        project,
        category: owner.name,
        series: owner.series.size,
        oldest: firstTime,
        newest: lastTime,
        waiting: Math.min(kept, state.head.length),
        points: Math.max(0, kept - state.head.length),
        pointBytes: own.find(({ step }) => step === 0)?.bytes ?? 0,
        sums: owner.series.size * total(own.filter(({ step }) => step > 0).map(({ rows }) => rows)),
        sumBytes: total(own.filter(({ step }) => step > 0).map(({ bytes }) => bytes)),
        ...this.#rates(owner, state, now, firstTime),
      }
    })
  }

  /** How many single points there are: up to the next day by the minute, from there by whole days. */
  #kept(owner: CategoryEntry, { rawFrom }: CategoryState, oldest: number | null, newest: number | null) {
    if (oldest === null || newest === null) return 0
    const from = Math.max(oldest, rawFrom)
    const to = newest + 1
    if (from >= to) return 0
    const midnight = Math.min(floorTo(from, dayMs) + dayMs, to)
    const first = total(this.#counts(owner, { from, to: midnight, buckets: dayMs / minuteMs + 1 }))
    if (midnight === to) return first
    return (
      first + total(this.#counts(owner, { from: midnight, to, buckets: Math.ceil((to - midnight) / dayMs) }))
    )
  }

  /** A day's points and sums at the pace of the last hour or of the last day, whichever is more. */
  #rates(owner: CategoryEntry, { levels }: CategoryState, now: number, first: number | null) {
    const age = Math.max(minuteMs, now - (first ?? now))
    const recent = (spanMs: number) => this.#counts(owner, { from: now - spanMs, to: now, buckets: 2000 })
    const aDay = (spanMs: number) => (total(recent(spanMs)) * dayMs) / Math.min(age, spanMs)
    const pointsPerDay = Math.max(aDay(hourMs), aDay(dayMs))
    const intervalMs = owner.declaration.everySeconds * 1000 || Number.POSITIVE_INFINITY
    const steps = levels.length > 0 ? levels.map(({ step }) => step) : levelsFor(intervalMs)
    const active = recent(dayMs).length
    const sumsPerDay = total(steps.map((step) => Math.min((active * dayMs) / step, pointsPerDay)))
    return { pointsPerDay, sumsPerDay }
  }

  /** How many points every series has in the window, whole buckets; series without any are left out. */
  #counts({ project, name }: CategoryEntry, window: Window): number[] {
    const { series } = this.#parts.answers.query({ project, category: name, ...window })
    return series.map(({ count }) => total(count))
  }
}

function total(numbers: Iterable<number>): number {
  let sum = 0
  for (const number of numbers) sum += number
  return sum
}
