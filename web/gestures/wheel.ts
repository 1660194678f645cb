// The wheel over a graph: zooms around the pointer; sideways, or with shift, it pans. A page that is already being
// scrolled by the wheel goes on scrolling when a graph comes under the pointer.

import type { View } from '../view/view.ts'
import { type Plot, timeAt } from './plot.ts'

/** Events nearer to each other than this (ms) are one turn of the wheel. */
const oneTurn = 200

/** Natural logarithm of the zoom per wheel pixel, and how much more a pinch on a touch pad counts. */
const zoomPerPixel = 0.002
const touchPad = 5

/** No frame zooms by more than this many wheel pixels. */
const mostPixels = 500

/** What one line of a wheel that counts in lines is worth, in pixels. */
const pixelsPerLine = 33

export type WheelLike = Pick<
  WheelEvent,
  'deltaX' | 'deltaY' | 'deltaMode' | 'shiftKey' | 'ctrlKey' | 'clientX' | 'timeStamp'
>

let pageTurn = Number.NEGATIVE_INFINITY

/** Tells that the wheel turned over something other than a graph, at this event time (ms). */
export function pageScrolled(timeStamp: number): void {
  pageTurn = timeStamp
}

/** Whether a wheel event over a graph belongs to a turn that scrolls the page; keeps that turn going. */
export function belongsToPage(timeStamp: number): boolean {
  if (timeStamp - pageTurn > oneTurn) return false
  pageTurn = timeStamp
  return true
}

export class Wheel {
  readonly #view: View
  readonly #plot: () => Plot
  #x = 0
  /** Turned since the last frame, in pixels. */
  #zoomed = 0
  #panned = 0
  #release: (() => void) | null = null
  #rest: ReturnType<typeof setTimeout> | undefined

  constructor(view: View, plot: () => Plot) {
    this.#view = view
    this.#plot = plot
  }

  /** Records one wheel event; the window is held until the wheel rests. */
  turn(event: WheelLike): void {
    this.#release ??= this.#view.hold()
    clearTimeout(this.#rest)
    this.#rest = setTimeout(() => this.stop(), oneTurn)
    const scale = event.deltaMode === 0 ? 1 : pixelsPerLine
    const sideways = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX
    this.#x = event.clientX
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) this.#panned += sideways * scale
    else this.#zoomed += event.deltaY * scale * (event.ctrlKey ? touchPad : 1)
  }

  /** Lets go of the window. */
  stop(): void {
    clearTimeout(this.#rest)
    this.#release?.()
    this.#release = null
  }

  /** Zooms around the pointer and pans by what was recorded. */
  apply(): void {
    const plot = this.#plot()
    const { state } = this.#view
    const span = state.to - state.from
    const turned = Math.max(-mostPixels, Math.min(mostPixels, this.#zoomed))
    if (this.#panned !== 0) this.#view.pan((this.#panned / Math.max(plot.width, 1)) * span)
    if (turned !== 0)
      this.#view.zoom(Math.exp(turned * zoomPerPixel), timeAt(plot, this.#x, this.#view.state))
    this.#zoomed = 0
    this.#panned = 0
  }
}
