import { describe, expect, test } from 'vitest'
import { type GraphColumns, type GraphData, GraphModel, type GraphSeries } from '../../../web/graph/model.ts'

const gap = Number.NaN

/** Columns of single points; NaN is a gap. */
function columns(...values: number[]): GraphColumns {
  const value = Float64Array.from(values)
  return { count: value.map((v) => (Number.isNaN(v) ? 0 : 1)), min: value, mean: value, max: value }
}

const data = (everyMs: number, all: Record<number, GraphColumns>): GraphData => ({
  from: 100_000,
  stepMs: 1000,
  length: Math.max(...Object.values(all).map(({ count }) => count.length)),
  everyMs,
  columns: new Map(Object.entries(all).map(([id, column]) => [Number(id), column])),
})

const series = (id: number, more: Partial<GraphSeries> = {}): GraphSeries => ({
  id,
  label: `series ${id}`,
  color: `color ${id}`,
  hidden: false,
  min: null,
  max: null,
  ...more,
})

function model(everyMs: number, all: Record<number, GraphColumns>, ...shown: GraphSeries[]): GraphModel {
  const made = new GraphModel({ min: null, max: null })
  made.setSeries(shown)
  made.setData(data(everyMs, all))
  return made
}

describe('traces', () => {
  test('traces are of visible series that have data, in their order', () => {
    const { traces } = model(
      1000,
      { 1: columns(1), 2: columns(2), 3: columns(3) },
      series(3),
      series(2, { hidden: true }),
      series(1),
      series(9),
    )
    expect(traces.map(({ color }) => color)).toEqual(['color 3', 'color 1'])
  })

  test('traces of regular series have a gap where one bucket is empty', () => {
    const [trace] = model(1000, { 1: columns(1, gap, 1) }, series(1)).traces
    expect(trace?.reach).toBe(1)
  })

  test('traces reach over the buckets that a slower interval leaves empty', () => {
    const [trace] = model(5000, { 1: columns(1, gap, gap, gap, gap, 1) }, series(1)).traces
    expect(trace?.reach).toBe(7)
  })

  test('traces of irregular series reach three of their usual distances', () => {
    const values = [1, gap, gap, 1, gap, gap, 1, gap, gap, gap, 1]
    const [trace] = model(0, { 1: columns(...values) }, series(1)).traces
    expect(trace?.reach).toBe(9)
  })

  test('traces are banded where least and greatest differ', () => {
    const spread = { ...columns(1, 2), max: Float64Array.from([1, 3]) }
    const { traces } = model(1000, { 1: columns(1, 2), 2: spread }, series(1), series(2))
    expect(traces.map(({ banded }) => banded)).toEqual([false, true])
  })
})

describe('visible()', () => {
  test('visible() has a neighbour on each side and stays within the data', () => {
    const made = model(1000, { 1: columns(1, 2, 3, 4, 5, 6) }, series(1))
    expect(made.visible(102_500, 103_500)).toEqual([2, 4])
    expect(made.visible(0, 1e9)).toEqual([0, 5])
    expect(new GraphModel({ min: null, max: null }).visible(0, 1)).toEqual([0, -1])
  })

  test('visible() knows that the mean of a long bucket stands in its middle', () => {
    const made = new GraphModel({ min: null, max: null })
    made.setData({ ...data(1000, { 1: columns(1, 2) }), stepMs: 10_000 })
    expect(made.firstTime).toBe(104_500)
  })
})

describe('extremes()', () => {
  test('extremes() are of what the window shows, hidden series aside', () => {
    const made = model(
      1000,
      { 1: columns(1, 5, gap, 2, 99), 2: columns(-7, -7, -7, -7, -7) },
      series(1),
      series(2, { hidden: true }),
    )
    expect(made.extremes(100_900, 102_500)).toEqual({ min: 1, max: 5 })
    expect(made.extremes(0, 1000)).toBeNull()
  })
})

describe('limits', () => {
  test('limits are the widest of category and visible series', () => {
    const made = new GraphModel({ min: 0, max: null })
    made.setSeries([
      series(1, { max: 16 }),
      series(2, { max: 4, min: -1 }),
      series(3, { max: 99, hidden: true }),
    ])
    expect(made.limits).toEqual({ min: -1, max: 16 })
  })

  test('limitLines are drawn once each, in the colour of a series that has one for itself', () => {
    const made = new GraphModel({ min: null, max: null })
    made.setSeries([series(1, { min: 0, max: 16 }), series(2, { min: 0, max: 4 })])
    expect(made.limitLines).toEqual([
      { value: 0, color: null },
      { value: 16, color: 'color 1' },
      { value: 4, color: 'color 2' },
    ])
  })

  test('limitLines of the category count once with those of its series', () => {
    const made = new GraphModel({ min: 0, max: 100 })
    made.setSeries([series(1, { min: 0, max: 100 })])
    expect(made.limitLines).toEqual([
      { value: 0, color: null },
      { value: 100, color: null },
    ])
  })
})
