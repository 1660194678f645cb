import { describe, expect, test } from 'vitest'
import type { GraphData, Trace } from '../../../web/graph/model.ts'
import { nearestTrace, valueAt } from '../../../web/graph/nearest-trace.ts'

const data: GraphData = { from: 0, stepMs: 1000, length: 6, everyMs: 1000, columns: new Map() }

function trace(id: number, means: readonly number[], reach = 1): Trace {
  const mean = Float64Array.from(means)
  const columns = { count: mean.map((value) => (Number.isNaN(value) ? 0 : 1)), min: mean, mean, max: mean }
  return { id, color: 'red', dash: 0, columns, reach, banded: false }
}

describe('valueAt()', () => {
  test('valueAt() is on the line between two points, and the point itself at one', () => {
    const rising = trace(1, [0, 10, 20, 30, 40, 50])
    expect(valueAt(rising, data, 2000)).toBe(20)
    expect(valueAt(rising, data, 2500)).toBe(25)
  })

  test('valueAt() is null in a gap and outside, and bridges what the line bridges', () => {
    const nothing = Number.NaN
    expect(valueAt(trace(1, [1, nothing, nothing, 4, 5, 6]), data, 1500)).toBeNull()
    expect(valueAt(trace(1, [1, nothing, nothing, 4, 5, 6], 3), data, 1500)).toBe(2.5)
    expect(valueAt(trace(1, [1, 2, 3, 4, 5, 6]), data, 9000)).toBeNull()
  })
})

describe('nearestTrace()', () => {
  const traces = [trace(1, [5, 5, 5, 5, 5, 5]), trace(2, [9, 9, 9, 9, 9, 9])]

  test('nearestTrace() is the line that passes nearest', () => {
    expect(nearestTrace(traces, data, { time: 2500, value: 6, within: 3 })).toBe(1)
    expect(nearestTrace(traces, data, { time: 2500, value: 8, within: 3 })).toBe(2)
  })

  test('nearestTrace() is null where no line is near enough', () => {
    expect(nearestTrace(traces, data, { time: 2500, value: 20, within: 3 })).toBeNull()
    expect(nearestTrace([], data, { time: 2500, value: 5, within: 3 })).toBeNull()
  })
})
