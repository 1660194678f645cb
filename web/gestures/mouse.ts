// The mouse on one graph: moving it scrubs, dragging pans, a click leaves the cursor, a double click goes back to
// live. When the pointer leaves, the cursor that was there before it came is back.

import type { View } from '../view/view.ts'
import { momentAt, type Plot, shareAt, timeAt } from './plot.ts'

/** A pressed mouse drags once it is this far (px) from where it was pressed. */
const slop = 3

interface Grab {
  startX: number
  startY: number
  /** Stays under the pointer. */
  time: number
  span: number
  release: () => void
  moved: boolean
}

export class Mouse {
  readonly #view: View
  readonly #plot: () => Plot
  #x: number | null = null
  #grab: Grab | null = null
  /** The cursor before the pointer came, and the one that the pointer put last. */
  #before: number | null = null
  #put: number | null = null

  constructor(view: View, plot: () => Plot) {
    this.#view = view
    this.#plot = plot
  }

  /** Whether the pointer is over the graph. */
  get hovering(): boolean {
    return this.#x !== null
  }

  move(x: number): void {
    if (this.#x === null) this.#before = this.#view.state.cursor
    this.#x = x
  }

  leave(): void {
    if (this.#x === null || this.#grab) return
    this.#x = null
    if (!this.#view.locked && this.#view.state.cursor === this.#put) this.#view.setCursor(this.#before)
    this.#put = null
  }

  press(x: number, y = 0): void {
    this.move(x)
    const { state } = this.#view
    const time = timeAt(this.#plot(), x, state)
    this.#grab = {
      startX: x,
      startY: y,
      time,
      span: state.to - state.from,
      release: this.#view.hold(),
      moved: false,
    }
  }

  lift(): void {
    this.apply()
    const grab = this.#grab
    this.#grab = null
    if (grab && !grab.moved) {
      this.#plot().pick?.(grab.startX, grab.startY)
      this.#pin(grab.startX)
    }
    grab?.release()
  }

  /** The press came to nothing: the system took the pointer away. */
  cancel(): void {
    this.#grab?.release()
    this.#grab = null
    this.leave()
  }

  /** Live without a cursor, until the pointer moves again. */
  doubleClick(): void {
    this.#x = null
    this.#put = null
    this.#view.goLive()
  }

  /** Moves view or cursor to where the pointer is now; also when the window moves on under a resting pointer. */
  apply(): void {
    if (this.#x === null) return
    const grab = this.#grab
    if (grab && Math.abs(this.#x - grab.startX) >= slop) grab.moved = true
    if (grab?.moved) this.#drag(grab, this.#x)
    else if (!grab) this.#scrub(this.#x)
  }

  #drag({ time, span }: Grab, x: number): void {
    const from = time - shareAt(this.#plot(), x) * span
    this.#view.show(from, from + span)
  }

  #scrub(x: number): void {
    if (this.#view.locked) return
    this.#view.setCursor(momentAt(this.#plot(), x, this.#view.state))
    this.#put = this.#view.state.cursor
  }

  #pin(x: number): void {
    if (this.#view.locked) return
    this.#view.setCursor(momentAt(this.#plot(), x, this.#view.state))
    this.#before = this.#view.state.cursor
    this.#put = this.#before
  }
}
