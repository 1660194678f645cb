import { describe, expect, test } from 'vitest'
import { Hand } from '../../../web/gestures/hand.ts'
import type { Plot } from '../../../web/gestures/plot.ts'
import { View } from '../../../web/view/view.ts'

const plot: Plot = { left: 100, width: 400, top: 0, height: 200 }
const upper = 50
const lower = 150

/** A window of 400 s on 400 px, well in the past: a pixel is a second. */
function begin(live = false) {
  const now = live ? 1_400_000 : 9_000_000
  const view = new View({ from: 1_000_000, to: 1_400_000, live, cursor: null }, now)
  const hand = new Hand(view)
  return {
    view,
    hand,
    down: (id: number, x: number, y: number) => hand.down(id, x, y, () => plot),
    move: (id: number, x: number, y: number) => {
      if (hand.move(id, x, y)) hand.apply()
    },
    up: (id: number, time = 0) => hand.up(id, time),
    window: () => [view.state.from, view.state.to],
  }
}

describe('one finger', () => {
  test('move() does nothing until the finger has gone sideways', () => {
    const { down, move, view, hand } = begin()
    down(1, 300, lower)
    move(1, 305, lower)
    expect([hand.engaged, view.state.from]).toEqual([false, 1_000_000])
    move(1, 305, lower + 20)
    expect([hand.engaged, view.state.from]).toEqual([false, 1_000_000])
  })

  test('move() pans from where the finger was put down', () => {
    const { down, move, window, hand } = begin()
    down(1, 300, lower)
    move(1, 320, lower + 3)
    expect(hand.engaged).toBe(true)
    expect(window()).toEqual([980_000, 1_380_000])
    move(1, 300, upper)
    expect(window()).toEqual([1_000_000, 1_400_000])
  })

  test('move() scrubs when the finger was put down in the upper half, wherever it goes', () => {
    const { down, move, view, window } = begin()
    down(1, 300, upper)
    move(1, 350, lower)
    expect(view.state.cursor).toBeNull()
    move(1, 400, upper + 20)
    expect(view.state.cursor).toBe(1_300_000)
    move(1, 9999, lower)
    expect(view.state.cursor).toBe(1_400_000)
    expect(window()).toEqual([1_000_000, 1_400_000])
  })

  test('move() and a tap put the cursor on the point that is near', () => {
    const { view, hand } = begin()
    const snapping = { ...plot, snap: (time: number) => Math.round(time / 60_000) * 60_000 }
    hand.down(1, 300, upper, () => snapping)
    hand.move(1, 310, upper)
    hand.apply()
    expect(view.state.cursor).toBe(1_200_000)
    hand.up(1, 0)
    hand.down(1, 370, upper, () => snapping)
    hand.up(1, 1000)
    expect(view.state.cursor).toBe(1_260_000)
  })

  test('rest() locks the cursor where the finger is, and what follows is no tap', () => {
    const { down, move, up, view, hand } = begin()
    down(1, 300, lower)
    expect(hand.rest(1)).toBe(true)
    expect([view.state.cursor, view.locked]).toEqual([1_200_000, true])
    move(1, 400, lower)
    expect(view.state).toMatchObject({ from: 1_000_000, cursor: 1_200_000 })
    up(1, 600)
    down(1, 400, upper)
    up(1, 700)
    expect([view.state.cursor, view.state.live]).toEqual([1_200_000, false])
  })

  test('rest() is nothing once the finger has moved, or another is down', () => {
    const { down, move, up, view, hand } = begin()
    down(1, 300, upper)
    move(1, 300, upper + 30)
    expect(hand.rest(1)).toBe(false)
    up(1)
    down(1, 300, upper)
    down(2, 350, upper)
    expect(hand.rest(1)).toBe(false)
    expect(view.locked).toBe(false)
  })

  test('move() pans in the upper half too while the cursor is locked', () => {
    const { down, move, view } = begin()
    view.lock(1_300_000)
    down(1, 300, upper)
    move(1, 320, upper)
    expect(view.state).toMatchObject({ from: 980_000, cursor: 1_300_000 })
  })

  test('move() of a finger that is not down is nothing', () => {
    const { hand } = begin()
    expect(hand.move(7, 1, 1)).toBe(false)
  })

  test('up() after an up-and-down move is no tap', () => {
    const { down, move, up, view } = begin()
    down(1, 300, upper)
    move(1, 302, upper + 30)
    up(1)
    expect(view.state.cursor).toBeNull()
  })
})

describe('taps', () => {
  test('up() of a tap puts the cursor in the upper half only', () => {
    const { down, up, view } = begin()
    down(1, 300, lower)
    up(1, 0)
    expect(view.state.cursor).toBeNull()
    down(2, 200, upper)
    up(2, 1000)
    expect(view.state.cursor).toBe(1_100_000)
  })

  test('up() of a second tap nearby goes live', () => {
    const { down, up, view } = begin()
    down(1, 300, upper)
    up(1, 0)
    down(2, 310, upper + 10)
    up(2, 250)
    expect(view.state).toMatchObject({ live: true, cursor: null, to: 9_000_000 })
  })

  test.each([
    ['late', 310, 900],
    ['far', 400, 200],
  ])('up() of a second tap that is too %s is a tap of its own', (_, x, time) => {
    const { down, up, view } = begin()
    down(1, 300, upper)
    up(1, 0)
    down(2, x, upper)
    up(2, time)
    expect(view.state).toMatchObject({ live: false, cursor: 1_000_000 + (x - 100) * 1000 })
  })

  test('up() of a tap after a swipe is not the second of a double tap', () => {
    const { down, move, up, view } = begin()
    down(1, 300, upper)
    up(1, 0)
    down(2, 300, upper)
    move(2, 340, upper)
    up(2, 100)
    down(3, 300, upper)
    up(3, 200)
    expect(view.state.live).toBe(false)
  })
})

describe('two fingers', () => {
  test('apply() keeps the moment between the fingers between them', () => {
    const { down, move, window } = begin()
    down(1, 200, lower)
    down(2, 400, lower)
    move(1, 100, lower)
    move(2, 500, lower)
    expect(window()).toEqual([1_100_000, 1_300_000])
  })

  test('apply() moves with the fingers as it zooms', () => {
    const { down, move, window } = begin()
    down(1, 200, lower)
    down(2, 400, lower)
    move(1, 250, upper)
    move(2, 450, upper)
    expect(window()).toEqual([950_000, 1_350_000])
  })

  test('apply() counts the distance in any direction', () => {
    const { down, move, window } = begin()
    down(1, 300, 50)
    down(2, 300, 100)
    move(2, 300, 150)
    expect(window()).toEqual([1_100_000, 1_300_000])
  })

  test('apply() does not run away when the fingers meet', () => {
    const { down, move, view } = begin()
    down(1, 200, lower)
    down(2, 400, lower)
    move(1, 300, lower)
    move(2, 300, lower)
    expect(view.state.to - view.state.from).toBeLessThanOrEqual(Math.ceil((400_000 * 200) / 24))
  })

  test('down() and up() of the second finger go on without a jump', () => {
    const { down, move, up, window } = begin()
    down(1, 200, lower)
    move(1, 250, lower)
    const panned = window()
    down(2, 450, lower)
    expect(window()).toEqual(panned)
    move(2, 350, lower)
    const pinched = window()
    up(1)
    expect(window()).toEqual(pinched)
    move(2, 360, lower)
    const [from, to] = window()
    expect((to ?? 0) - (from ?? 0)).toBe((pinched[1] ?? 0) - (pinched[0] ?? 0))
    expect(from).toBeLessThan(pinched[0] ?? 0)
  })

  test('down() of a third finger changes nothing, and the first two go on', () => {
    const { down, move, window } = begin()
    down(1, 200, lower)
    down(2, 400, lower)
    down(3, 450, upper)
    move(3, 120, upper)
    expect(window()).toEqual([1_000_000, 1_400_000])
    move(1, 100, lower)
    move(2, 500, lower)
    expect(window()).toEqual([1_100_000, 1_300_000])
  })
})

describe('holds', () => {
  test('down() alone holds nothing; a gesture holds the view until the last finger is up', () => {
    const { down, move, up, view } = begin(true)
    down(1, 300, lower)
    expect(view.held).toBe(false)
    move(1, 340, lower)
    down(2, 200, lower)
    expect(view.held).toBe(true)
    up(2)
    expect(view.held).toBe(true)
    up(1)
    expect(view.held).toBe(false)
  })

  test('cancel() in any state lets go and leaves the window where it is', () => {
    const { down, move, view, hand, window } = begin(true)
    down(1, 200, lower)
    down(2, 400, lower)
    move(2, 500, lower)
    const before = window()
    hand.cancel(1)
    hand.cancel(2)
    hand.cancel(2)
    expect([view.held, hand.engaged, hand.touching]).toEqual([false, false, false])
    expect(window()).toEqual(before)
  })

  test('cancel() of a finger that has not moved leaves no tap behind', () => {
    const { down, up, hand, view } = begin()
    down(1, 300, lower)
    up(1, 0)
    down(2, 300, lower)
    hand.cancel(2)
    down(3, 300, lower)
    up(3, 200)
    expect(view.state.live).toBe(false)
  })
})

describe('running on', () => {
  /** A window of 400 s on 400 px: flung to the right by 100 px in 100 ms. */
  function fling(context: ReturnType<typeof begin>): void {
    const { hand, down } = context
    down(1, 200, lower)
    for (let step = 1; step <= 10; step++) {
      hand.move(1, 200 + step * 10, lower, step * 10)
      hand.apply()
    }
    hand.up(1, 105)
  }

  test('up() of a moving finger lets the window run on, held, until it stands', () => {
    const context = begin()
    fling(context)
    const { hand, view } = context
    const start = view.state.from
    expect(start).toBe(900_000)
    expect([hand.gliding, hand.engaged, view.held]).toEqual([true, false, true])
    expect(hand.advance(305)).toBe(true)
    const later = view.state.from
    expect(later).toBeLessThan(start - 100_000)
    expect(hand.advance(60_000)).toBe(false)
    expect(view.state.from).toBeLessThan(later - 100_000)
    expect([hand.gliding, view.held]).toEqual([false, false])
  })

  test('up() of a finger that has come to rest leaves the window where it is', () => {
    const { hand, down, window } = begin()
    down(1, 200, lower)
    for (let step = 1; step <= 10; step++) hand.move(1, 200 + step * 10, lower, step * 10)
    hand.apply()
    hand.up(1, 200)
    expect([hand.gliding, window()]).toEqual([false, [900_000, 1_300_000]])
  })

  test('down() stops the window where it is, and is no tap', () => {
    const context = begin()
    fling(context)
    const { hand, view, down, up, window } = context
    hand.advance(205)
    const stopped = window()
    down(2, 300, upper)
    expect(hand.gliding).toBe(false)
    up(2, 300)
    expect([window(), view.state.cursor, view.held]).toEqual([stopped, null, false])
  })

  test('advance() leaves a window alone that somebody else has moved', () => {
    const context = begin()
    fling(context)
    const { hand, view, window } = context
    hand.advance(205)
    view.show(2_000_000, 2_400_000)
    expect(hand.advance(305)).toBe(false)
    expect([window(), view.held]).toEqual([[2_000_000, 2_400_000], false])
  })

  test('nothing runs on and no edge gives for whoever wants less motion', () => {
    const view = new View({ from: 1_000_000, to: 1_400_000, live: false, cursor: null }, 1_450_000)
    const hand = new Hand(view, () => true)
    hand.down(1, 400, lower, () => plot)
    for (let step = 1; step <= 10; step++) hand.move(1, 400 - step * 10, lower, step * 10)
    hand.apply()
    expect(view.state.to).toBe(1_450_000)
    hand.up(1, 105)
    expect([hand.gliding, view.held]).toEqual([false, false])
  })
})

describe('soft edges', () => {
  test('apply() gives way beyond the present, and the window comes back live', () => {
    const { hand, down, move, up, view } = begin(true)
    down(1, 400, lower)
    move(1, 300, lower)
    const { to } = view.state
    expect(to).toBeGreaterThan(1_430_000)
    expect(to).toBeLessThan(1_460_000)
    up(1, 500)
    expect(hand.gliding).toBe(true)
    hand.advance(600)
    expect(view.state.to).toBeLessThan(to)
    expect(hand.advance(2000)).toBe(false)
    expect(view.state).toMatchObject({ from: 1_000_000, to: 1_400_000, live: true })
  })

  test('apply() gives way beyond the oldest point, and cancel() comes back to it', () => {
    const { hand, down, move, view } = begin()
    view.oldest = 950_000
    down(1, 200, lower)
    move(1, 300, lower)
    expect(view.state.from).toBeLessThan(940_000)
    expect(view.state.from).toBeGreaterThan(900_000)
    hand.cancel(1, 100)
    expect(hand.advance(2000)).toBe(false)
    expect(view.state.from).toBe(950_000)
  })

  test('down() on a window that comes back takes it where it is, and up() sends it back', () => {
    const { hand, down, move, up, view, window } = begin(true)
    down(1, 400, lower)
    move(1, 300, lower)
    up(1, 500)
    hand.advance(520)
    const taken = window()
    down(2, 300, lower)
    view.follow(1_401_000)
    expect(window()).toEqual(taken)
    move(2, 288, lower)
    move(2, 300, lower)
    expect(Math.abs(view.state.to - (taken[1] ?? 0))).toBeLessThan(2)
    up(2, 900)
    hand.advance(3000)
    expect(view.state).toMatchObject({ to: 1_401_000, live: true })
  })

  test('a window longer than all history has no edge in the past', () => {
    const { down, move, view } = begin(true)
    view.oldest = 1_390_000
    down(1, 200, lower)
    move(1, 300, lower)
    expect(view.state.from).toBe(900_000)
  })

  test('a window further back than the oldest point may stay there', () => {
    const { hand, down, move, up, view } = begin()
    view.oldest = 1_200_000
    down(1, 300, lower)
    move(1, 280, lower)
    move(1, 300, lower)
    up(1, 500)
    expect([hand.gliding, view.state.from]).toEqual([false, 1_000_000])
  })
})

describe('lines', () => {
  test('a tap and the start of a scrub pick the line that is there, a pan and a swipe up do not', () => {
    const { hand } = begin()
    const picked: number[][] = []
    const picking = { ...plot, pick: (x: number, y: number) => picked.push([x, y]) }
    const down = (id: number, x: number, y: number) => hand.down(id, x, y, () => picking)
    down(1, 300, upper)
    hand.move(1, 340, upper)
    hand.move(1, 380, upper)
    hand.up(1, 900)
    expect(picked).toEqual([[300, upper]])
    down(2, 300, lower)
    hand.move(2, 340, lower)
    hand.up(2, 2000)
    down(3, 300, upper)
    hand.move(3, 300, upper - 40)
    hand.cancel(3)
    expect(picked).toHaveLength(1)
    down(4, 310, lower)
    hand.up(4, 3000)
    expect(picked.at(-1)).toEqual([310, lower])
  })
})
