import { describe, expect, test, vi } from 'vitest'
import { View, type ViewState } from '../../../web/view/view.ts'

const now = 10_000_000
const limits = { shortest: 10_000, longest: 5_000_000 }
const past: ViewState = { from: 8_000_000, to: 9_000_000, live: false, cursor: null }
const present: ViewState = { from: 9_000_000, to: now, live: true, cursor: null }

const viewOf = (state: ViewState): View => new View(state, now, limits)
const shareOf = ({ from, to }: ViewState, time: number): number => (time - from) / (to - from)

describe('show()', () => {
  test('show() takes the window as it is and leaves live', () => {
    const view = viewOf(present)
    view.show(8_000_000, 8_500_000)
    expect(view.state).toEqual({ from: 8_000_000, to: 8_500_000, live: false, cursor: null })
  })

  test('show() moves a window that would pass the present back to it, live', () => {
    const view = viewOf(past)
    view.show(9_500_000, 10_500_000)
    expect(view.state).toEqual({ from: 9_000_000, to: now, live: true, cursor: null })
  })

  test('show() keeps to the shortest and longest window around its middle', () => {
    const view = viewOf(past)
    view.show(8_500_000, 8_500_100)
    expect(view.state).toMatchObject({ from: 8_495_050, to: 8_505_050 })
    view.show(-50_000_000, now)
    expect(view.state.to - view.state.from).toBe(limits.longest)
  })
})

describe('place()', () => {
  test('place() puts a moment where it is wanted', () => {
    const view = viewOf(past)
    view.place(8_250_000, 0.25, 400_000)
    expect(view.state).toMatchObject({ from: 8_150_000, to: 8_550_000 })
  })

  test('place() keeps the moment in its place when the length is limited', () => {
    const view = viewOf(past)
    view.place(8_250_000, 0.25, 100)
    expect(shareOf(view.state, 8_250_000)).toBeCloseTo(0.25, 3)
    expect(view.state.to - view.state.from).toBe(limits.shortest)
  })

  test('place() keeps a live window live while the present stays at its edge', () => {
    const view = viewOf(present)
    view.place(now - 2_000, 0.998, 500_000)
    expect(view.state).toMatchObject({ to: now, live: true })
    view.place(9_500_000, 0.5, 250_000)
    expect(view.state.live).toBe(false)
  })
})

describe('zoom()', () => {
  test('zoom() keeps the moment where it is on the screen', () => {
    const view = viewOf(past)
    view.zoom(0.5, 8_200_000)
    expect(view.state.to - view.state.from).toBe(500_000)
    expect(shareOf(view.state, 8_200_000)).toBeCloseTo(0.2, 6)
  })

  test('zoom() out of a live window stays live', () => {
    const view = viewOf(present)
    view.zoom(2, 9_500_000)
    expect(view.state).toEqual({ from: 8_000_000, to: now, live: true, cursor: null })
  })
})

describe('pan()', () => {
  test('pan() into the past leaves live, and back to the present is live again', () => {
    const view = viewOf(present)
    view.pan(-5_000)
    expect(view.state).toMatchObject({ to: now - 5_000, live: false })
    view.pan(5_000)
    expect(view.state).toEqual(present)
  })
})

describe('goLive()', () => {
  test('goLive() keeps the length, takes the cursor away and can change the length', () => {
    const view = viewOf({ ...past, cursor: 8_500_000 })
    view.goLive()
    expect(view.state).toEqual(present)
    view.goLive(60_000)
    expect(view.state.from).toBe(now - 60_000)
  })
})

describe('setCursor()', () => {
  test('setCursor() keeps the cursor in the window', () => {
    const view = viewOf(past)
    view.setCursor(1)
    expect(view.state.cursor).toBe(past.from)
    view.setCursor(now)
    expect(view.state.cursor).toBe(past.to)
    view.setCursor(null)
    expect(view.state.cursor).toBeNull()
  })
})

describe('follow()', () => {
  test('follow() moves a live window and no other', () => {
    const live = viewOf(present)
    live.follow(now + 1_000)
    expect(live.state).toMatchObject({ from: 9_001_000, to: now + 1_000 })
    const still = viewOf(past)
    still.follow(now + 1_000)
    expect(still.state).toEqual(past)
    expect(still.now).toBe(now + 1_000)
  })

  test('follow() waits for a clock that was set back a little, and believes one that was set back far', () => {
    const view = viewOf(present)
    view.follow(now - 1_500)
    expect(view.state).toEqual(present)
    view.follow(now + 100)
    expect(view.state.to).toBe(now + 100)
    view.follow(now - 60_000)
    expect(view.state.to).toBe(now - 60_000)
  })

  test('follow() takes away a cursor that the window leaves behind, not one that was panned away from', () => {
    const view = viewOf({ ...present, cursor: 9_000_500 })
    view.follow(now + 400)
    expect(view.state.cursor).toBe(9_000_500)
    view.follow(now + 1_000)
    expect(view.state.cursor).toBeNull()
    const panned = viewOf({ ...present, cursor: 8_000_000 })
    panned.follow(now + 1_000)
    expect(panned.state.cursor).toBe(8_000_000)
  })
})

describe('hold()', () => {
  test('hold() keeps the window still until it ends, then the window catches up', () => {
    const view = viewOf(present)
    const release = view.hold()
    view.follow(now + 3_000)
    expect([view.state, view.held]).toEqual([present, true])
    release()
    expect(view.state).toMatchObject({ to: now + 3_000, live: true })
    expect(view.held).toBe(false)
  })

  test('hold() keeps the edge where it was, so that a pan that returns is live', () => {
    const view = viewOf(present)
    const release = view.hold()
    view.pan(-100_000)
    view.follow(now + 3_000)
    view.pan(100_000)
    expect(view.state.live).toBe(true)
    release()
    expect(view.state.to).toBe(now + 3_000)
  })

  test('hold() may overlap another and ends once', () => {
    const view = viewOf(past)
    const [first, second] = [view.hold(), view.hold()]
    first()
    first()
    expect(view.held).toBe(true)
    second()
    expect(view.held).toBe(false)
  })

  test('hold() tells listeners when the last one ends', () => {
    const view = viewOf(past)
    const listener = vi.fn()
    view.subscribe(listener)
    view.hold()()
    expect(listener.mock.calls).toEqual([[past, past]])
  })
})

describe('subscribe()', () => {
  test('subscribe() tells changes only, until it is stopped', () => {
    const view = viewOf(past)
    const listener = vi.fn()
    const stop = view.subscribe(listener)
    view.show(past.from, past.to)
    expect(listener).not.toHaveBeenCalled()
    view.setCursor(8_500_000)
    expect(listener.mock.calls).toEqual([[{ ...past, cursor: 8_500_000 }, past]])
    stop()
    view.setCursor(null)
    expect(listener).toHaveBeenCalledTimes(1)
  })
})

describe('lock()', () => {
  test('lock() puts the cursor and tells; unlock() leaves it', () => {
    const view = new View({ from: 0, to: 100_000, live: false, cursor: null }, 900_000)
    const told: boolean[] = []
    view.subscribe(() => told.push(view.locked))
    view.lock(40_000)
    expect([view.state.cursor, view.locked]).toEqual([40_000, true])
    view.unlock()
    expect([view.state.cursor, view.locked]).toEqual([40_000, false])
    expect(told).toEqual([false, true, false])
  })

  test('lock() ends with the cursor', () => {
    const view = new View({ from: 0, to: 100_000, live: false, cursor: null }, 900_000)
    view.lock(40_000)
    view.setCursor(null)
    expect(view.locked).toBe(false)
    view.lock(40_000)
    view.goLive()
    expect(view.locked).toBe(false)
  })
})
