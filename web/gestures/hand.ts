// The fingers of one hand on the graphs of one view, as a state machine without a DOM: one finger scrubs (upper half)
// or pans (lower half) once it has moved sideways, two pinch, a tap puts the cursor, a double tap goes back to live.
// Moves are only recorded; `apply` acts on the newest ones, once a frame.

import type { View } from '../view/view.ts'
import { inUpperHalf, momentAt, type Plot, shareAt, timeAt } from './plot.ts'

/** A finger has moved when it is this far (px) from where it was put down. */
const slop = 8

/** Second tap of a double tap: at most this long (ms) after and this far (px) from the first. */
const doubleTap = { within: 400, near: 40 }

/** Fingers nearer than this (px) count as this far apart, so that a pinch cannot run away. */
const nearestFingers = 24

interface Finger {
  x: number
  y: number
}

type Phase =
  | { kind: 'idle' }
  /** One finger down that has not moved sideways; one that moves up or down is soon cancelled by a scrolling page. */
  | { kind: 'undecided'; startX: number; startY: number; moved: boolean }
  /** A finger that was down for long: it has done what it came for. */
  | { kind: 'rested' }
  | { kind: 'scrub' }
  /** `time` stays under the finger. */
  | { kind: 'pan'; time: number; span: number }
  /** `time` stays between the fingers; the window was `span` long when they were `distance` apart. */
  | { kind: 'pinch'; time: number; span: number; distance: number }

export class Hand {
  readonly #view: View
  readonly #fingers = new Map<number, Finger>()
  #phase: Phase = { kind: 'idle' }
  #plot: () => Plot = () => ({ left: 0, width: 1, top: 0, height: 1 })
  #tap: { x: number; y: number; time: number } | null = null
  #release: (() => void) | null = null

  constructor(view: View) {
    this.#view = view
  }

  /** Whether the touch is ours, so that the browser must not scroll or zoom with it. */
  get engaged(): boolean {
    return this.#fingers.size > 1 || ['scrub', 'pan', 'pinch'].includes(this.#phase.kind)
  }

  /** Whether any finger is down. */
  get touching(): boolean {
    return this.#fingers.size > 0
  }

  /** A finger comes down at client (x, y); the first one's graph says where the plot is. */
  down(id: number, x: number, y: number, plot: () => Plot): void {
    this.apply()
    this.#fingers.set(id, { x, y })
    if (this.#fingers.size === 1) {
      this.#plot = plot
      this.#enter({ kind: 'undecided', startX: x, startY: y, moved: false })
    } else {
      this.#tap = null
      this.#grasp()
    }
  }

  /** A finger moves; true when there is something to apply. */
  move(id: number, x: number, y: number): boolean {
    const finger = this.#fingers.get(id)
    if (!finger) return false
    finger.x = x
    finger.y = y
    if (this.#phase.kind === 'undecided') this.#decide(this.#phase, finger)
    return this.engaged
  }

  /** A finger is lifted at `time` (ms, any clock). */
  up(id: number, time: number): void {
    const finger = this.#fingers.get(id)
    if (!finger) return
    this.apply()
    this.#fingers.delete(id)
    if (this.#phase.kind === 'undecided' && !this.#phase.moved) this.#tapped(finger, time)
    this.#grasp()
  }

  /** The browser took a finger away, for scrolling or because of a call: what was done stays, nothing more happens. */
  cancel(id: number): void {
    if (!this.#fingers.delete(id)) return
    this.#tap = null
    if (this.#fingers.size === 0) this.#enter({ kind: 'idle' })
    else this.#grasp()
  }

  /**
   * A finger has rested for long: locks the cursor at its moment. False when it has moved, or is not alone; what the
   * finger does afterwards is no tap.
   */
  rest(id: number): boolean {
    const finger = this.#fingers.get(id)
    if (!finger || this.#fingers.size > 1 || this.#phase.kind !== 'undecided' || this.#phase.moved)
      return false
    this.#tap = null
    this.#enter({ kind: 'rested' })
    this.#view.lock(momentAt(this.#plot(), finger.x, this.#view.state))
    return true
  }

  /** Moves view or cursor to where the fingers are now. */
  apply(): void {
    const phase = this.#phase
    const [first, second] = this.#fingers.values()
    if (!first) return
    const plot = this.#plot()
    if (phase.kind === 'scrub') this.#view.setCursor(momentAt(plot, first.x, this.#view.state))
    if (phase.kind === 'pan') {
      const from = phase.time - shareAt(plot, first.x) * phase.span
      this.#view.show(from, from + phase.span)
    }
    if (phase.kind === 'pinch' && second) {
      const span = (phase.span * phase.distance) / apart(first, second)
      this.#view.place(phase.time, shareAt(plot, (first.x + second.x) / 2), span)
    }
  }

  /** Sideways is ours: what was under the finger at first stays under it. Up or down is the page's. */
  #decide(start: { startX: number; startY: number }, { x, y }: Finger): void {
    const { startX, startY } = start
    const [across, along] = [Math.abs(x - startX), Math.abs(y - startY)]
    if (Math.hypot(across, along) < slop) return
    this.#tap = null
    if (along > across) this.#enter({ kind: 'undecided', startX, startY, moved: true })
    else if (this.#scrubs(startY)) this.#enter({ kind: 'scrub' })
    else this.#enter(this.#pan(startX))
  }

  /** Goes on with the fingers that are down now, from where they are. */
  #grasp(): void {
    const [first, second] = this.#fingers.values()
    if (!first) this.#enter({ kind: 'idle' })
    else if (!second) this.#enter(this.#pan(first.x))
    else {
      const { from, to } = this.#view.state
      const time = timeAt(this.#plot(), (first.x + second.x) / 2, this.#view.state)
      this.#enter({ kind: 'pinch', time, span: to - from, distance: apart(first, second) })
    }
  }

  #pan(x: number): Phase {
    const { state } = this.#view
    return { kind: 'pan', time: timeAt(this.#plot(), x, state), span: state.to - state.from }
  }

  #tapped({ x, y }: Finger, time: number): void {
    const before = this.#tap
    if (before && time - before.time < doubleTap.within && apart(before, { x, y }) < doubleTap.near) {
      this.#tap = null
      this.#view.goLive()
      return
    }
    this.#tap = { x, y, time }
    if (this.#scrubs(y)) this.#view.setCursor(momentAt(this.#plot(), x, this.#view.state))
  }

  /** A locked cursor stays: then the whole graph pans. */
  #scrubs(y: number): boolean {
    return !this.#view.locked && inUpperHalf(this.#plot(), y)
  }

  #enter(phase: Phase): void {
    this.#phase = phase
    const ours = this.engaged
    if (ours) this.#release ??= this.#view.hold()
    else {
      this.#release?.()
      this.#release = null
    }
  }
}

const apart = (a: Finger, b: Finger): number => Math.max(Math.hypot(a.x - b.x, a.y - b.y), nearestFingers)
