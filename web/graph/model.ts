// What one graph draws, apart from any chart: its series, their columns of buckets, and where each point stands in time.

import type { DrawnTrace } from './draw-traces.ts'

export interface GraphSeries {
  id: number
  label: string
  /** CSS colour. */
  color: string
  /** Pattern of dashes that tells it from others of about its colour; 0 or nothing: a whole line. */
  dash?: number
  hidden: boolean
  /** Declared limits, in the unit; null: none. */
  min: number | null
  max: number | null
}

export interface GraphColumns {
  count: Float64Array
  min: Float64Array
  mean: Float64Array
  max: Float64Array
}

/** Buckets of equal length: bucket i covers [from + i*stepMs, from + (i+1)*stepMs). NaN where count is 0. */
export interface GraphData {
  from: number
  stepMs: number
  length: number
  /** Nominal time between two points; 0: irregular or unknown. */
  everyMs: number
  /** By series id. */
  columns: Map<number, GraphColumns>
}

/** One visible series, ready to be drawn. */
export interface Trace {
  readonly id: number
  readonly color: string
  readonly dash: number
  readonly columns: GraphColumns
  /** Neighbours further apart than this many buckets have a gap between them. */
  readonly reach: number
  /** Whether any bucket's least and greatest differ. */
  readonly banded: boolean
}

/** Declared limits that are drawn, each once; `color` null: of more than one series. */
export interface LimitLine {
  readonly value: number
  readonly color: string | null
}

/** Gaps of irregular series are longer than this many of their usual distances. */
const irregularReach = 3

export class GraphModel {
  readonly #limits: { min: number | null; max: number | null }
  #series: readonly GraphSeries[] = []
  #data: GraphData | null = null
  #traces: readonly Trace[] = []

  /** `limits`: what the category declares for all its series. */
  constructor(limits: { min: number | null; max: number | null }) {
    this.#limits = limits
  }

  get data(): GraphData | null {
    return this.#data
  }

  /** Visible series that have data, first one first. */
  get traces(): readonly Trace[] {
    return this.#traces
  }

  setSeries(series: readonly GraphSeries[]): void {
    this.#series = series
    this.#prepare()
  }

  setData(data: GraphData | null): void {
    this.#data = data
    this.#prepare()
  }

  /** Moment (ms) at which bucket 0's mean is drawn: the middle of the points that a full bucket holds. */
  get firstTime(): number {
    const { from, stepMs, everyMs } = this.#data ?? { from: 0, stepMs: 1, everyMs: 0 }
    return from + Math.max(0, stepMs - everyMs) / 2
  }

  /** Buckets that a window touches, with one neighbour on each side: [first, last]. */
  visible(from: number, to: number): readonly [first: number, last: number] {
    if (!this.#data) return [0, -1]
    const { stepMs, length } = this.#data
    const first = Math.floor((from - this.firstTime) / stepMs)
    const last = Math.ceil((to - this.firstTime) / stepMs)
    return [Math.max(0, first), Math.min(length - 1, last)]
  }

  /** What there is to draw of a window: copies, for another thread. `picked`: the series that is drawn over all others. */
  drawn(from: number, to: number, picked: number | null): { first: number; traces: DrawnTrace[] } {
    const [first, last] = this.visible(from, to)
    const part = (column: Float64Array) => column.slice(first, last + 1)
    const traces = this.#traces.map(({ id, color, dash, columns, reach, banded }) => {
      const mean = part(columns.mean)
      const edges = banded ? { min: part(columns.min), max: part(columns.max) } : { min: mean, max: mean }
      return { color, dash, reach, banded, mean, ...edges, picked: id === picked }
    })
    return { first, traces }
  }

  /** Least and greatest of what is visible in a window; null when nothing is. */
  extremes(from: number, to: number): { min: number; max: number } | null {
    const [first, last] = this.visible(from, to)
    let least = Number.POSITIVE_INFINITY
    let greatest = Number.NEGATIVE_INFINITY
    for (const { columns } of this.#traces) {
      const { min, max } = columns
      for (let i = first; i <= last; i++) {
        const [low, high] = [min[i] as number, max[i] as number]
        if (low < least) least = low
        if (high > greatest) greatest = high
      }
    }
    return least <= greatest ? { min: least, max: greatest } : null
  }

  /** The declared limits of what is visible, widest; null where none is declared. */
  get limits(): { min: number | null; max: number | null } {
    const seen = this.#shown()
    return {
      min: outermost([this.#limits.min, ...seen.map(({ min }) => min)], Math.min),
      max: outermost([this.#limits.max, ...seen.map(({ max }) => max)], Math.max),
    }
  }

  /** A line for each declared limit, shared ones once. */
  get limitLines(): LimitLine[] {
    const owners = new Map<number, string[]>()
    const seen = this.#shown()
    for (const { min, max, color } of seen) {
      for (const value of [min, max]) {
        if (value !== null) owners.set(value, [...(owners.get(value) ?? []), color])
      }
    }
    for (const value of [this.#limits.min, this.#limits.max]) {
      if (value !== null && !owners.has(value)) owners.set(value, [])
    }
    const own = (colors: string[]) => (colors.length === 1 && seen.length > 1 ? (colors[0] ?? null) : null)
    return [...owners].map(([value, colors]) => ({ value, color: own(colors) }))
  }

  #shown(): GraphSeries[] {
    return this.#series.filter(({ hidden }) => !hidden)
  }

  #prepare(): void {
    const data = this.#data
    this.#traces = this.#shown().flatMap(({ id, color, dash = 0 }) => {
      const columns = data?.columns.get(id)
      return data && columns
        ? [
            {
              id,
              color,
              dash,
              columns,
              reach: reachOf(columns, data),
              banded: isBanded(columns, data.length),
            },
          ]
        : []
    })
  }
}

function outermost(values: (number | null)[], pick: (...values: number[]) => number): number | null {
  const declared = values.filter((value) => value !== null)
  return declared.length === 0 ? null : pick(...declared)
}

function isBanded({ min, max }: GraphColumns, length: number): boolean {
  for (let i = 0; i < length; i++) if ((max[i] as number) > (min[i] as number)) return true
  return false
}

function reachOf({ count }: GraphColumns, { stepMs, everyMs, length }: GraphData): number {
  if (everyMs > 0) return Math.max(1, Math.floor((1.5 * everyMs) / stepMs))
  return irregularReach * usualDistance(count, length)
}

/** Median distance, in buckets, between neighbours that hold points; 1 when there are none. */
function usualDistance(count: Float64Array, length: number): number {
  const distances: number[] = []
  let before = -1
  for (let i = 0; i < length; i++) {
    if (!((count[i] as number) > 0)) continue
    if (before >= 0) distances.push(i - before)
    before = i
  }
  distances.sort((a, b) => a - b)
  return distances[distances.length >> 1] ?? 1
}
