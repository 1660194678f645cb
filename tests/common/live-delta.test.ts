import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { withoutRepeats, withRepeats } from '../../common/live-delta.ts'
import type { LivePoints } from '../../common/wire.ts'

const group = fc.record({
  time: fc.integer({ min: 0, max: 2 ** 45 }),
  values: fc.dictionary(fc.integer({ min: 1, max: 30 }).map(String), fc.constantFrom(0, 1, 2.5, -3)),
})
const batches = fc.array(fc.array(group, { maxLength: 5 }), { maxLength: 10 })

const sameObjects = (points: LivePoints) =>
  points.map(({ time, values }) => ({ time, values: { ...values } }))

describe('withoutRepeats()', () => {
  test('withoutRepeats() is undone by withRepeats() for whatever comes and goes', () => {
    fc.assert(
      fc.property(batches, (all) => {
        const [sent, known] = [new Map<number, number>(), new Map<number, number>()]
        for (const points of all) {
          const wire: LivePoints = JSON.parse(JSON.stringify(withoutRepeats(points, sent)))
          expect(withRepeats(wire, known)).toEqual(sameObjects(points))
        }
      }),
    )
  })

  test('withoutRepeats() names what repeats as runs of ids', () => {
    const sent = new Map<number, number>()
    withoutRepeats([{ time: 1, values: { 3: 1, 4: 1, 5: 1, 9: 7, 10: 1 } }], sent)
    expect(withoutRepeats([{ time: 2, values: { 3: 1, 4: 1, 5: 1, 9: 8, 10: 1 } }], sent)).toEqual([
      { time: 2, values: { 9: 8 }, same: [3, 5, 10, 10] },
    ])
  })

  test('withoutRepeats() does not make a point of a series that has none', () => {
    const [sent, known] = [new Map<number, number>(), new Map<number, number>()]
    const stream: LivePoints = [
      { time: 1, values: { 1: 5, 2: 5 } },
      { time: 2, values: { 1: 5 } },
      { time: 3, values: { 1: 5, 2: 5 } },
    ]
    const received = stream.flatMap((points) => withRepeats(withoutRepeats([points], sent), known))
    expect(received).toEqual(sameObjects(stream))
  })
})
