import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { glideFrom } from '../../../web/gestures/glide.ts'
import { beyond, soften, unsoften } from '../../../web/gestures/soft-edge.ts'

const wide = { first: -1e9, last: 1e9 }

describe('glideFrom()', () => {
  test('glideFrom() runs on in the direction of the finger, ever slower, and stands in the end', () => {
    const { at, duration } = glideFrom({ ...wide, from: 1000, speed: 2, slowest: 0.02 })
    const steps = [0, 100, 200, 300].map((t) => at(t + 100) - at(t))
    expect(steps).toEqual([...steps].sort((a, b) => b - a))
    expect(steps[0]).toBeGreaterThan(150)
    expect(duration).toBeGreaterThan(1000)
    expect(duration).toBeLessThan(3000)
    expect(at(duration)).toBe(at(duration + 5000))
    expect((at(duration) - at(duration - 16)) / 16).toBeLessThan(0.03)
  })

  test('glideFrom() lasts no time when the finger stood still within the bounds', () => {
    expect(glideFrom({ ...wide, from: 5, speed: 0, slowest: 0.02 }).duration).toBe(0)
  })

  test('glideFrom() passes an edge a little and comes back to it', () => {
    const { at, duration } = glideFrom({ first: 0, last: 1000, from: 900, speed: 3, slowest: 0.02 })
    const way = Array.from({ length: 200 }, (_, n) => at((n / 199) * duration))
    const most = Math.max(...way)
    expect(most).toBeGreaterThan(1010)
    expect(most).toBeLessThan(1150)
    expect(way.at(-1)).toBe(1000)
  })

  test('glideFrom() ends within the bounds and never jumps, whatever the finger did', () => {
    const any = fc.record({
      from: fc.double({ min: -500, max: 1500, noNaN: true }),
      speed: fc.double({ min: -8, max: 8, noNaN: true }),
    })
    fc.assert(
      fc.property(any, ({ from, speed }) => {
        const bounds = { first: 0, last: 1000 }
        const { at, duration } = glideFrom({ ...bounds, from, speed, slowest: 0.02 })
        expect(at(0)).toBeCloseTo(from, 6)
        expect(Math.abs(beyond(at(duration), bounds))).toBeLessThan(1e-6)
        for (let t = 0; t < duration; t += 8) expect(Math.abs(at(t + 8) - at(t))).toBeLessThan(8 * 20)
      }),
      { numRuns: 200 },
    )
  })
})

describe('soften()', () => {
  test('soften() leaves what is within the bounds, and gives ever less beyond', () => {
    const bounds = { first: 0, last: 1000 }
    expect(soften(400, bounds, 500)).toBe(400)
    const [near, far, farthest] = [1100, 1300, 1e9].map((wanted) => soften(wanted, bounds, 500) - 1000)
    expect(near).toBeGreaterThan(30)
    expect(near).toBeLessThan(60)
    expect(far).toBeLessThan(3 * (near ?? 0))
    expect(farthest).toBeLessThanOrEqual(200)
    expect(soften(-100, bounds, 500)).toBeCloseTo(-(near ?? 0), 9)
  })

  test('unsoften() is its inverse', () => {
    const bounds = { first: -300, last: 1000 }
    fc.assert(
      fc.property(fc.double({ min: -3000, max: 4000, noNaN: true }), (wanted) => {
        expect(unsoften(soften(wanted, bounds, 500), bounds, 500)).toBeCloseTo(wanted, 3)
      }),
      { numRuns: 100 },
    )
  })
})
