import { describe, expect, test } from 'vitest'
import { Mouse } from '../../../web/gestures/mouse.ts'
import { View } from '../../../web/view/view.ts'

/** A window of 400 s on 400 px that begins at x = 100. */
function begin(cursor: number | null = null) {
  const view = new View({ from: 1_000_000, to: 1_400_000, live: false, cursor }, 9_000_000)
  const mouse = new Mouse(view, () => ({ left: 100, width: 400, top: 0, height: 200 }))
  const move = (x: number) => {
    mouse.move(x)
    mouse.apply()
  }
  return { view, mouse, move }
}

describe('Mouse', () => {
  test('move() scrubs, and leave() brings back the cursor of before', () => {
    const { view, mouse, move } = begin(1_050_000)
    move(300)
    expect(view.state.cursor).toBe(1_200_000)
    mouse.leave()
    expect(view.state.cursor).toBe(1_050_000)
  })

  test('leave() keeps a cursor that somebody else has moved meanwhile', () => {
    const { view, mouse, move } = begin()
    move(300)
    view.setCursor(1_111_000)
    mouse.leave()
    expect(view.state.cursor).toBe(1_111_000)
  })

  test('lift() without a drag leaves the cursor for good', () => {
    const { view, mouse, move } = begin()
    move(300)
    mouse.press(300)
    mouse.lift()
    move(400)
    mouse.leave()
    expect(view.state.cursor).toBe(1_200_000)
  })

  test('move() of a pressed mouse pans and holds the view', () => {
    const { view, mouse, move } = begin()
    mouse.press(300)
    move(350)
    expect(view.state).toMatchObject({ from: 950_000, to: 1_350_000, cursor: null })
    expect(view.held).toBe(true)
    mouse.lift()
    expect(view.held).toBe(false)
  })

  test('apply() keeps the cursor under a resting pointer when the window moves', () => {
    const { view, mouse, move } = begin()
    move(300)
    view.pan(10_000)
    mouse.apply()
    expect(view.state.cursor).toBe(1_210_000)
  })

  test('doubleClick() goes live; leaving brings no cursor back', () => {
    const { view, mouse, move } = begin(1_050_000)
    move(300)
    mouse.doubleClick()
    mouse.apply()
    mouse.leave()
    expect(view.state).toMatchObject({ live: true, cursor: null })
  })

  test('cancel() lets go of the view', () => {
    const { view, mouse } = begin()
    mouse.press(300)
    mouse.cancel()
    expect([view.held, view.state.cursor, mouse.hovering]).toEqual([false, null, false])
  })
})
