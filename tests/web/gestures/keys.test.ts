import { describe, expect, test } from 'vitest'
import { pressKey } from '../../../web/gestures/keys.ts'
import { View, type ViewState } from '../../../web/view/view.ts'

const now = 9_000_000

function begin(state: Partial<ViewState> = {}) {
  const view = new View({ from: 1_000_000, to: 1_400_000, live: false, cursor: null, ...state }, now)
  return { view, press: (key: string, shiftKey = false) => pressKey(view, { key, shiftKey }, 1000) }
}

describe('pressKey()', () => {
  test('pressKey() moves the cursor by a bucket, with shift by ten', () => {
    const { view, press } = begin({ cursor: 1_200_000 })
    press('ArrowLeft')
    expect(view.state.cursor).toBe(1_199_000)
    press('ArrowRight', true)
    expect(view.state.cursor).toBe(1_209_000)
  })

  test('pressKey() moves the cursor to the next point where one is known, with shift by ten buckets all the same', () => {
    const { view } = begin({ cursor: 1_200_000 })
    const points = (time: number, direction: 1 | -1) => (direction < 0 ? time - 70_000 : null)
    pressKey(view, { key: 'ArrowLeft', shiftKey: false }, 1000, points)
    expect(view.state.cursor).toBe(1_130_000)
    pressKey(view, { key: 'ArrowRight', shiftKey: false }, 1000, points)
    expect(view.state.cursor).toBe(1_131_000)
    pressKey(view, { key: 'ArrowLeft', shiftKey: true }, 1000, points)
    expect(view.state.cursor).toBe(1_121_000)
  })

  test('pressKey() puts a first cursor at the newest bucket', () => {
    const { view, press } = begin()
    press('ArrowLeft')
    expect(view.state.cursor).toBe(1_399_000)
  })

  test('pressKey() moves the window along with a cursor that leaves it', () => {
    const { view, press } = begin({ cursor: 1_000_500 })
    press('ArrowLeft', true)
    expect(view.state).toMatchObject({ from: 990_500, to: 1_390_500, cursor: 990_500 })
  })

  test('pressKey() never moves the cursor beyond the present', () => {
    const { view, press } = begin({ from: now - 400_000, to: now, live: true, cursor: now - 500 })
    press('ArrowRight')
    expect(view.state).toMatchObject({ cursor: now, to: now, live: true })
  })

  test('pressKey() zooms around the cursor, else around the middle', () => {
    const { view, press } = begin({ cursor: 1_100_000 })
    press('+')
    expect((1_100_000 - view.state.from) / (view.state.to - view.state.from)).toBeCloseTo(0.25, 4)
    const bare = begin()
    bare.press('-')
    expect(bare.view.state).toMatchObject({ from: 900_000, to: 1_500_000 })
  })

  test('pressKey() zooms a live window around the present', () => {
    const { view, press } = begin({ from: now - 300_000, to: now, live: true })
    press('+')
    expect(view.state).toMatchObject({ from: now - 200_000, to: now, live: true })
  })

  test('pressKey() goes to the oldest point and to now', () => {
    const { view, press } = begin()
    view.oldest = 50_000
    press('Home')
    expect(view.state).toMatchObject({ from: 50_000, to: 450_000, live: false })
    press('End')
    expect(view.state).toMatchObject({ to: now, live: true })
  })

  test('pressKey() takes the cursor away, and leaves Escape to others when there is none', () => {
    const { view, press } = begin({ cursor: 1_100_000 })
    expect(press('Escape')).toBe(true)
    expect(view.state.cursor).toBeNull()
    expect(press('Escape')).toBe(false)
  })

  test('pressKey() leaves other keys alone', () => {
    const { press } = begin()
    for (const key of ['Tab', 'Enter', 'ArrowUp', 'ArrowDown', 'PageDown', ' ', 'a'])
      expect(press(key)).toBe(false)
  })
})
