// The fingers of one hand on the graphs of one view, as a state machine without a DOM: one finger scrubs (upper half)
// or pans (lower half) once it has moved sideways, two pinch, a tap puts the cursor, a double tap goes back to live; a
// window that is let go while it moves runs on. Moves are only recorded; `apply` acts on the newest ones, once a frame.

import type { View } from '../view/view.ts'
import type { Glide } from './glide.ts'
import { Pan } from './pan.ts'
import { inUpperHalf, momentAt, type Plot, shareAt, timeAt } from './plot.ts'
import type { Bounds } from './soft-edge.ts'

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
  | { kind: 'pan'; pan: Pan }
  /** No finger is down, and the window, last moved to `from` (ms), runs on or springs back. */
  | { kind: 'glide'; glide: Glide; start: number; from: number; span: number }
  /** `time` stays between the fingers; the window was `span` long when they were `distance` apart. */
  | { kind: 'pinch'; time: number; span: number; distance: number }

export class Hand {
  readonly #view: View
  readonly #fingers = new Map<number, Finger>()
  #phase: Phase = { kind: 'idle' }
  #plot: () => Plot = () => ({ left: 0, width: 1, top: 0, height: 1 })
  #tap: { x: number; y: number; time: number } | null = null
  #release: (() => void) | null = null
  /** Of the movement that is going on; kept by what interrupts it. */
  #bounds: Bounds | null = null
  readonly #isCalm: () => boolean

  /** `isCalm`: whoever looks wants less motion, so nothing runs on and no edge gives. */
  constructor(view: View, isCalm: () => boolean = () => false) {
    this.#view = view
    this.#isCalm = isCalm
  }

  /** Whether the touch is ours, so that the browser must not scroll or zoom with it. */
  get engaged(): boolean {
    return this.#fingers.size > 1 || ['scrub', 'pan', 'pinch'].includes(this.#phase.kind)
  }

  /** Whether any finger is down. */
  get touching(): boolean {
    return this.#fingers.size > 0
  }

  /** Whether the window runs on, so that `advance` is to be called in every frame. */
  get gliding(): boolean {
    return this.#phase.kind === 'glide'
  }

  /** A finger comes down at client (x, y); the first one's graph says where the plot is. */
  down(id: number, x: number, y: number, plot: () => Plot): void {
    this.apply()
    this.#fingers.set(id, { x, y })
    if (this.#fingers.size === 1) {
      this.#plot = plot
      // A finger that stops the window is no tap.
      this.#enter({ kind: 'undecided', startX: x, startY: y, moved: this.gliding })
    } else {
      this.#tap = null
      this.#grasp()
    }
  }

  /** A finger moves at `time` (ms, the clock of `up` and `advance`); true when there is something to apply. */
  move(id: number, x: number, y: number, time = 0): boolean {
    const finger = this.#fingers.get(id)
    if (!finger) return false
    finger.x = x
    finger.y = y
    if (this.#phase.kind === 'undecided') this.#decide(this.#phase, finger)
    if (this.#phase.kind === 'pan') this.#phase.pan.note(x, time)
    return this.engaged
  }

  /** A finger is lifted at `time` (ms). */
  up(id: number, time: number): void {
    const finger = this.#fingers.get(id)
    if (!finger) return
    this.apply()
    this.#fingers.delete(id)
    if (this.#phase.kind === 'undecided' && !this.#phase.moved) this.#tapped(finger, time)
    if (this.#fingers.size === 0) this.#letGo(time)
    else this.#grasp()
  }

  /**
   * The browser took a finger away, for scrolling or because of a call: what was done stays, nothing more happens but
   * that a window beyond its bounds comes back.
   */
  cancel(id: number, time = 0): void {
    if (!this.#fingers.delete(id)) return
    this.#tap = null
    if (this.#phase.kind === 'pan') this.#phase = { kind: 'pan', pan: this.#pan(this.#plot().left) }
    if (this.#fingers.size === 0) this.#letGo(time)
    else this.#grasp()
  }

  /** Moves a window that runs on to where it is at `time` (ms); false when it has come to rest, or was moved by others. */
  advance(time: number): boolean {
    if (this.#phase.kind !== 'glide') return false
    const { glide, start, span } = this.#phase
    const { from, to } = this.#view.state
    const elapsed = Math.max(0, time - start)
    if (from !== this.#phase.from || to - from !== span) this.#settle()
    else {
      this.#view.showFreely(glide.at(elapsed))
      this.#phase.from = this.#view.state.from
      if (elapsed >= glide.duration) this.#settle()
    }
    return this.gliding
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
    if (phase.kind === 'pan') phase.pan.apply(plot, first.x)
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
    else if (this.#scrubs(startY)) {
      this.#plot().pick?.(startX, startY)
      this.#enter({ kind: 'scrub' })
    } else this.#enter({ kind: 'pan', pan: this.#pan(startX) })
  }

  /** Goes on with the fingers that are down now, from where they are. */
  #grasp(): void {
    const [first, second] = this.#fingers.values()
    if (!first) return
    if (!second) this.#enter({ kind: 'pan', pan: this.#pan(first.x) })
    else {
      this.#bounds = null
      const { from, to } = this.#view.state
      const time = timeAt(this.#plot(), (first.x + second.x) / 2, this.#view.state)
      this.#enter({ kind: 'pinch', time, span: to - from, distance: apart(first, second) })
    }
  }

  #pan(x: number): Pan {
    const pan = new Pan(this.#view, this.#plot(), x, this.#bounds, this.#isCalm())
    this.#bounds = pan.bounds
    return pan
  }

  /** The last finger is gone: a panned window runs on or comes back to its bounds. */
  #letGo(time: number): void {
    const { from, to } = this.#view.state
    const pan = this.#phase.kind === 'pan' ? this.#phase.pan : this.#bounds && this.#pan(0)
    const glide = this.#isCalm() ? undefined : pan?.letGo(this.#plot(), time)
    if (!glide || glide.duration === 0) this.#settle()
    else this.#enter({ kind: 'glide', glide, start: time, from, span: to - from })
  }

  #settle(): void {
    this.#bounds = null
    this.#enter({ kind: 'idle' })
  }

  #tapped({ x, y }: Finger, time: number): void {
    const before = this.#tap
    if (before && time - before.time < doubleTap.within && apart(before, { x, y }) < doubleTap.near) {
      this.#tap = null
      this.#bounds = null
      this.#view.goLive()
      return
    }
    this.#tap = { x, y, time }
    this.#plot().pick?.(x, y)
    if (this.#scrubs(y)) this.#view.setCursor(momentAt(this.#plot(), x, this.#view.state))
  }

  /** A locked cursor stays: then the whole graph pans. */
  #scrubs(y: number): boolean {
    return !this.#view.locked && inUpperHalf(this.#plot(), y)
  }

  #enter(phase: Phase): void {
    this.#phase = phase
    const ours = this.engaged || this.#bounds !== null
    if (ours) this.#release ??= this.#view.hold()
    else {
      this.#release?.()
      this.#release = null
    }
  }
}

const apart = (a: Finger, b: Finger): number => Math.max(Math.hypot(a.x - b.x, a.y - b.y), nearestFingers)
