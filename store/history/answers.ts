// Turns what categories have into the answers of the store's interface: buckets, newest values, first and last times.

import type { Catalogue, CategoryEntry } from '../catalogue.ts'
import { gridOf } from '../grid.ts'
import type { Buckets, CategoryCatalogue, Query, SeriesBuckets, SeriesCatalogue, Value } from '../types.ts'
import type { Live } from './live.ts'
import type { Newest } from './newest.ts'
import type { Reader } from './reader.ts'
import { Sink } from './sink.ts'
import type { CategoryState, States, TimedValue } from './state.ts'
import { noteMade, sweepBetweenAnswers } from './sweep.ts'

/** A value older than this many intervals of its category is a gap, not the value of the moment. */
const gapIntervals = 3
const leastGapMs = 60_000

export interface AnswerParts {
  catalogue: Catalogue
  states: States
  live: Live
  reader: Reader
  newest: Newest
}

export class Answers {
  readonly #parts: AnswerParts

  constructor(parts: AnswerParts) {
    this.#parts = parts
  }

  /** Whole buckets: the first and last hold all their points, also those just outside the window. */
  query(query: Query): Buckets {
    sweepBetweenAnswers()
    const { catalogue, states, live, reader } = this.#parts
    const owner = catalogue.category(query.project, query.category)
    if (!owner) return { ...gridOf(query, 0), series: [] }
    return live.read(() => {
      const state = states.of(owner.id)
      const sink = new Sink(
        gridOf(query, Math.max(owner.declaration.everySeconds * 1000, finestMs(state, query))),
      )
      reader.fill(sink, state)
      const series: SeriesBuckets[] = []
      for (const { id, label } of owner.series.values()) {
        const columns = sink.finish(id)
        if (columns) series.push({ id, label, ...columns })
      }
      noteMade(series.length * sink.grid.length * 4 * Float64Array.BYTES_PER_ELEMENT)
      return { ...sink.grid, series }
    })
  }

  latest(project: string): Value[] {
    return this.#values(project, (state) => this.#parts.newest.latest(state))
  }

  at(project: string, time: number): Value[] {
    return this.#values(project, (state, { declaration }) => {
      const gap = Math.max(leastGapMs, gapIntervals * declaration.everySeconds * 1000)
      return this.#parts.newest.within(state, time - gap, time)
    })
  }

  catalogue(project: string): CategoryCatalogue[] {
    const { catalogue, states, live, newest } = this.#parts
    return live.read(() =>
      catalogue
        .categories(project)
        .map((owner) => ({ ...describe(owner), ...newest.edges(states.of(owner.id)) })),
    )
  }

  #values(
    project: string,
    find: (state: CategoryState, owner: CategoryEntry) => Map<number, TimedValue>,
  ): Value[] {
    const { catalogue, states, live } = this.#parts
    return live.read(() =>
      catalogue.categories(project).flatMap((owner) => {
        const found = find(states.of(owner.id), owner)
        return [...owner.series.values()].flatMap(({ id, label }) => {
          const newest = found.get(id)
          return newest ? [{ category: owner.name, id, label, ...newest }] : []
        })
      }),
    )
  }
}

/** The shortest bucket (ms) that all of a window has: where points were given up, that of the first level. */
function finestMs({ rawFrom, prunedTo, first, levels }: CategoryState, { from, to }: Query): number {
  const start = Math.max(from, prunedTo, first)
  return start < rawFrom && start < to ? (levels[0]?.step ?? 0) : 0
}

function describe({ name, declaration, error, series }: CategoryEntry) {
  const lines = [...series.values()].map(
    (line): SeriesCatalogue => ({
      id: line.id,
      label: line.label,
      unit: line.declaration.unit ?? declaration.unit,
      min: line.declaration.min ?? declaration.min,
      max: line.declaration.max ?? declaration.max,
    }),
  )
  return { name, ...declaration, error: error && { ...error }, series: lines }
}
