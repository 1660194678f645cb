// Tells the store what a gather says of its category and series: at the first reading and when something of it has
// changed, not every round.

import type { Declaration, SeriesDeclaration } from '../common/declaration.ts'
import type { Facts } from './facts.ts'
import type { Readings, SeriesReading } from './gather.ts'
import type { SeriesDeclarations } from './outbox.ts'
import type { CategoryGather } from './runner.ts'
import { unitText } from './unit.ts'

export interface Announcement {
  declaration: Declaration
  series: SeriesDeclarations
}

export class Announcer {
  readonly #gather: CategoryGather
  readonly #everySeconds: number
  readonly #series = new Map<string, SeriesDeclaration>()
  #about: string | undefined
  #changed = true

  constructor({ gather, everySeconds }: { gather: CategoryGather; everySeconds: number }) {
    this.#gather = gather
    this.#everySeconds = everySeconds
  }

  learn(facts: Facts): void {
    const about = this.#gather.about(facts)
    this.#changed ||= about !== this.#about
    this.#about = about
  }

  /** What the store is to be told now; undefined when it knows. */
  next(readings: Readings): Announcement | undefined {
    for (const label in readings) {
      const reading = readings[label]
      if (reading === undefined) continue
      const known = this.#series.get(label)
      if (known && isSame(known, reading)) continue
      this.#series.set(label, ofSeries(reading))
      this.#changed = true
    }
    if (!this.#changed) return undefined
    this.#changed = false
    return { declaration: this.#declaration(), series: Object.fromEntries(this.#series) }
  }

  #declaration(): Declaration {
    const { help, unit, graph, min, max } = this.#gather
    const about = this.#about ? ` ${this.#about}.` : ''
    return { help: help + about, unit, graph, everySeconds: this.#everySeconds, min, max }
  }
}

const unsaid: SeriesDeclaration = { unit: null, min: null, max: null }

function ofSeries(reading: SeriesReading): SeriesDeclaration {
  if (typeof reading === 'number') return unsaid
  const { unit, min = null, max = null } = reading
  return { unit: unit === undefined ? null : unitText(unit), min, max }
}

/** Without making an object for each series each round. */
function isSame(known: SeriesDeclaration, reading: SeriesReading): boolean {
  if (typeof reading === 'number') return known === unsaid
  const { unit, min, max } = reading
  return (
    known.min === (min ?? null) &&
    known.max === (max ?? null) &&
    known.unit === (unit === undefined ? null : unitText(unit))
  )
}
