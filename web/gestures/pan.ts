// One finger that drags the window: what was under it stays under it, softly beyond the bounds; how fast it was when
// it was lifted decides how the window runs on.

import type { View } from '../view/view.ts'
import { type Glide, glideFrom } from './glide.ts'
import { type Plot, shareAt } from './plot.ts'
import { type Bounds, beyond, boundsOf, soften, unsoften } from './soft-edge.ts'

/** The speed of a finger is that of its last moves within this time (ms); one that has rested for so long has none. */
const lately = 100
const restedMs = 60

/** CSS px in a millisecond: slower than the first is no fling, nothing is faster than the second, the last stands still. */
const leastSpeed = 0.1
const mostSpeed = 8
const slowest = 0.015

export class Pan {
  readonly bounds: Bounds
  readonly #view: View
  readonly #span: number
  /** Stays under the finger, ms. */
  readonly #time: number
  readonly #isHard: boolean
  #moves: { x: number; time: number }[] = []

  /** Takes the view's window at client x. `bounds`: those of a movement that goes on; `isHard`: its edges do not give. */
  constructor(view: View, plot: Plot, x: number, bounds: Bounds | null, isHard: boolean) {
    const { from, to } = view.state
    this.#view = view
    this.#span = to - from
    this.bounds = bounds ?? boundsOf(view)
    this.#isHard = isHard
    this.#time = unsoften(from, this.bounds, this.#span) + shareAt(plot, x) * this.#span
  }

  /** Notes where the finger was at `time` (ms). */
  note(x: number, time: number): void {
    this.#moves.push({ x, time })
    this.#moves = this.#moves.filter((move) => move.time > time - lately)
  }

  /** Moves the window to where the finger is. */
  apply(plot: Plot, x: number): void {
    const wanted = this.#time - shareAt(plot, x) * this.#span
    const { bounds } = this
    this.#view.showFreely(this.#isHard ? wanted - beyond(wanted, bounds) : soften(wanted, bounds, this.#span))
  }

  /** The way on when the finger is lifted at `time` (ms). */
  letGo(plot: Plot, time: number): Glide {
    const perPixel = this.#span / Math.max(plot.width, 1)
    const { from } = this.#view.state
    return glideFrom({
      ...{ from, ...this.bounds, speed: -this.#speed(time) * perPixel, slowest: slowest * perPixel },
    })
  }

  /** CSS px in a millisecond. */
  #speed(time: number): number {
    const [first, last] = [this.#moves[0], this.#moves.at(-1)]
    if (!first || !last || last.time - first.time < 8 || time - last.time > restedMs) return 0
    const speed = (last.x - first.x) / (last.time - first.time)
    return Math.abs(speed) < leastSpeed ? 0 : Math.max(-mostSpeed, Math.min(mostSpeed, speed))
  }
}
