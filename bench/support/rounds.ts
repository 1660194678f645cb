// Rounds of the realistic machine on a time line, as a collector would hand them over; deterministic, so that every
// store is given the same points.

import { RealisticMachine } from './realistic-series.ts'

export interface Series {
  category: string
  label: string
}

export interface Round {
  /** Integer milliseconds, the same for all series. */
  time: number
  /** One value a series, in the order of `seriesOf`; the array is used again for the next round. */
  values: Float64Array
}

export interface RoundsOptions {
  /** Time of the first round, ms. */
  from: number
  everyMs: number
  rounds: number
  /** Times come up to this much late, as from a collector that does not keep to the grid. */
  jitterMs?: number
  seed?: number
  /** Only these categories. */
  categories?: readonly string[]
}

/** The series of the named categories, all 60 by default. */
export function seriesOf(categories?: readonly string[]): readonly Series[] {
  return new RealisticMachine().categories
    .filter(({ name }) => categories?.includes(name) ?? true)
    .flatMap(({ name, labels }) => labels.map((label) => ({ category: name, label })))
}

/** Rounds one after another. */
export function* realisticRounds({
  from,
  everyMs,
  rounds,
  jitterMs = 0,
  seed = 1,
  categories,
}: RoundsOptions): Generator<Round> {
  const machine = new RealisticMachine(seed)
  const wanted = columnsOf(machine, categories)
  const values = new Float64Array(wanted.length)
  for (let round = 0; round < rounds; round++) {
    const all = machine.next(everyMs / 1000)
    for (let i = 0; i < wanted.length; i++) values[i] = all[wanted[i] ?? 0] ?? 0
    yield { time: from + round * everyMs + lateness(round, jitterMs), values }
  }
}

function columnsOf(machine: RealisticMachine, categories?: readonly string[]): number[] {
  const names = machine.categories.flatMap(({ name, labels }) => labels.map(() => name))
  return [...names.keys()].filter((column) => categories?.includes(names[column] ?? '') ?? true)
}

/** 0 to `most` ms from the round's number alone, without a pattern: the finaliser of MurmurHash3. */
function lateness(round: number, most: number): number {
  let mixed = Math.imul(round ^ (round >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return ((mixed ^ (mixed >>> 16)) >>> 0) % (most + 1)
}
