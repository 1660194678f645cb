import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { belongsToPage, pageScrolled, Wheel, type WheelLike } from '../../../web/gestures/wheel.ts'
import { View } from '../../../web/view/view.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

const event = (more: Partial<WheelLike>): WheelLike => ({
  deltaX: 0,
  deltaY: 0,
  deltaMode: 0,
  shiftKey: false,
  ctrlKey: false,
  clientX: 300,
  timeStamp: 0,
  ...more,
})

/** A window of 400 s on 400 px that begins at x = 100. */
function begin() {
  const view = new View({ from: 1_000_000, to: 1_400_000, live: false, cursor: null }, 9_000_000)
  const wheel = new Wheel(view, () => ({ left: 100, width: 400, top: 0, height: 200 }))
  const turn = (more: Partial<WheelLike>) => {
    wheel.turn(event(more))
    wheel.apply()
  }
  return { view, wheel, turn, span: () => view.state.to - view.state.from }
}

describe('Wheel', () => {
  test('turn() zooms around the pointer: up is in, down is out', () => {
    const { view, turn, span } = begin()
    turn({ deltaY: -100, clientX: 200 })
    expect(span()).toBeLessThan(400_000)
    expect((1_100_000 - view.state.from) / span()).toBeCloseTo(0.25, 4)
    turn({ deltaY: 100, clientX: 200 })
    expect(Math.abs(span() - 400_000)).toBeLessThanOrEqual(2)
  })

  test('turn() pans with shift and sideways', () => {
    const { view, turn, span } = begin()
    turn({ deltaY: 50, shiftKey: true })
    expect(view.state.from).toBe(1_050_000)
    turn({ deltaX: -80, deltaY: 5 })
    expect(view.state.from).toBe(970_000)
    expect(span()).toBe(400_000)
  })

  test('turn() counts lines as more than pixels, and a pinch on a touch pad too', () => {
    const spans = [
      event({ deltaY: 3 }),
      event({ deltaY: 3, ctrlKey: true }),
      event({ deltaY: 3, deltaMode: 1 }),
    ].map((one) => {
      const { turn, span } = begin()
      turn(one)
      return span()
    })
    expect(spans).toEqual(spans.toSorted((a, b) => a - b))
    expect(new Set(spans).size).toBe(3)
  })

  test('apply() adds up what was turned since the last frame', () => {
    const one = begin()
    one.turn({ deltaY: 60 })
    const two = begin()
    two.wheel.turn(event({ deltaY: 30 }))
    two.wheel.turn(event({ deltaY: 30 }))
    two.wheel.apply()
    expect(two.view.state).toEqual(one.view.state)
    two.wheel.apply()
    expect(two.view.state).toEqual(one.view.state)
  })

  test('turn() holds the view until the wheel rests', () => {
    const { view, turn } = begin()
    turn({ deltaY: 60 })
    vi.advanceTimersByTime(150)
    turn({ deltaY: 60 })
    vi.advanceTimersByTime(150)
    expect(view.held).toBe(true)
    vi.advanceTimersByTime(60)
    expect(view.held).toBe(false)
  })
})

describe('belongsToPage()', () => {
  test('belongsToPage() while the wheel goes on scrolling the page', () => {
    pageScrolled(10_000)
    expect(belongsToPage(10_150)).toBe(true)
    expect(belongsToPage(10_300)).toBe(true)
    expect(belongsToPage(10_600)).toBe(false)
  })
})
