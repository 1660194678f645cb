// The cursor's line lies over the graph as an element of its own: moving it redraws nothing. It also is what makes a
// graph a slider for those who do not see it: its value is the cursor's moment.

import type { ChartArea } from 'chart.js'
import type { ViewState } from '../view/view.ts'
import { describeMoment } from './time-labels.ts'

/** Words for screen readers come at most this often (ms), with the focus and without. */
const tellEvery = { focused: 250, otherwise: 1000 }

export class Cursor {
  readonly #root: HTMLElement
  readonly #line: HTMLElement
  readonly #dot: HTMLElement
  #state: ViewState
  #shown: boolean | null = null
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(root: HTMLElement, label: string, state: ViewState) {
    this.#root = root
    this.#state = state
    this.#line = Object.assign(document.createElement('div'), { className: 'graph-cursor', hidden: true })
    this.#dot = Object.assign(document.createElement('div'), { className: 'graph-dot', hidden: true })
    root.append(this.#line, this.#dot)
    root.setAttribute('role', 'slider')
    root.setAttribute('aria-label', label)
    root.setAttribute('aria-orientation', 'horizontal')
    this.#describe()
  }

  /**
   * Stands where the view's cursor is; hidden when there is none in the window. `mark`: where on it (CSS px from the
   * graph's top) the line of the picked series passes, and its colour.
   */
  move(
    state: ViewState,
    { left, right, top, bottom }: ChartArea,
    mark: { y: number; color: string } | null,
  ): void {
    const { from, to, cursor } = state
    const shown = cursor !== null && cursor >= from && cursor <= to
    if (shown !== this.#shown) {
      this.#line.hidden = !shown
      this.#shown = shown
      this.#line.style.top = `${top}px`
      this.#line.style.height = `${bottom - top}px`
    }
    if (shown) {
      const x = left + ((cursor - from) / (to - from)) * (right - left)
      this.#line.style.transform = `translateX(${x.toFixed(2)}px)`
      if (mark) {
        this.#dot.style.transform = `translate(${x.toFixed(2)}px, ${mark.y.toFixed(2)}px)`
        this.#dot.style.background = mark.color
      }
    }
    const isMarked = shown && mark !== null
    if (this.#dot.hidden === isMarked) this.#dot.hidden = !isMarked
    this.#state = state
    const focused = document.activeElement === this.#root
    this.#timer ??= setTimeout(() => this.#describe(), focused ? tellEvery.focused : tellEvery.otherwise)
  }

  /** Stops telling. */
  destroy(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #describe(): void {
    this.#timer = undefined
    const { from, to, cursor } = this.#state
    this.#root.setAttribute('aria-valuemin', String(from))
    this.#root.setAttribute('aria-valuemax', String(to))
    this.#root.setAttribute('aria-valuenow', String(cursor ?? to))
    const words = cursor === null ? `Newest values, ${describeMoment(to)}` : describeMoment(cursor)
    this.#root.setAttribute('aria-valuetext', words)
  }
}
