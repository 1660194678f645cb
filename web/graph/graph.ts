// One category's graph: draws its series over the shared window, shows the shared cursor and takes the gestures.
// Loaded after the first paint.

import { attachGestures, type Plot } from '../gestures/attach-gestures.ts'
import { frames } from '../view/frames.ts'
import type { View, ViewState } from '../view/view.ts'
import { Cursor } from './cursor.ts'
import { hintHalves, showHalves } from './halves.ts'
import type { GraphData, GraphSeries } from './model.ts'
import { type Nearness, watchNearness } from './nearness.ts'
import { Picture } from './picture.ts'
import { nearestPoint, nextPoint } from './points.ts'
import type { WindowChart } from './window-chart.ts'
import './graph.css'

export type { GraphColumns, GraphData, GraphSeries } from './model.ts'

export interface GraphOptions {
  view: View
  unit: string
  /** Limits that the category declares; null: none. */
  min: number | null
  max: number | null
  /** Accessible name. */
  label: string
  /** Called when it is touched, and when it gets the focus. */
  onTouch?: () => void
  /** Called when another series is the picked one: the one whose line a finger or click came nearest to; null: none. */
  onPick?: (id: number | null) => void
  /** Called when a finger has rested on it and the cursor is locked there. */
  onRest?: () => void
}

/** A window that moved by less than this share of a CSS px stays where it is on the screen. */
const tooLittle = 0.2

/** A line is picked from up to this far (CSS px). */
const pickPx = 28

/** The cursor is drawn to points up to this near (CSS px) to the finger. */
const snapPx = 24

/** Under the fingers a graph gets another picture this often (ms) at most. */
const whileHeldMs = 100

/** What a new picture costs at the frame's end, about (ms): it is copied and layers are sorted anew. One a frame. */
const takingMs = 5

/** The graph that was touched last. */
let touched: HTMLElement | null = null

export class Graph {
  readonly #view: View
  readonly #root: HTMLElement
  readonly #picture: Picture
  readonly #cursor: Cursor
  readonly #options: GraphOptions
  readonly #stops: (() => void)[] = []
  #series: readonly GraphSeries[] = []
  #nearness: Nearness = 'far'
  /** A picture is being painted, and what it shows no longer holds. */
  #isAsked = false
  #isStale = false
  #askedAt = 0
  /** The state that is on the screen; null when what is drawn no longer holds. */
  #placed: ViewState | null = null

  /** Fills `host`, whatever its size. */
  constructor(host: HTMLElement, options: GraphOptions) {
    const { view, unit, min, max, label } = options
    this.#view = view
    this.#options = options
    this.#root = Object.assign(document.createElement('div'), { className: 'graph-plot', tabIndex: 0 })
    host.classList.add('graph-host')
    host.append(this.#root)
    this.#picture = new Picture(this.#root, { view, unit, min, max })
    this.#cursor = new Cursor(this.#root, label, view.state)
    this.#observe()
  }

  /** Its chart, with the zoom plugin's API: `zoom`, `pan`, `zoomScale` and so on move the shared window. */
  get chart(): WindowChart {
    return this.#picture.chart
  }

  /** Which series there are, their colours, limits, and which of them are hidden. */
  setSeries(series: readonly GraphSeries[]): void {
    if (JSON.stringify(series) === JSON.stringify(this.#series)) return
    this.#series = series
    this.setTheme()
  }

  /** Replaces the buckets; they may be coarser, finer or wider than the window and are drawn as they are. */
  setData(data: GraphData): void {
    this.#picture.data = data
    this.#stale()
  }

  /** Reads the custom properties again, after light became dark. */
  setTheme(): void {
    this.#picture.dress(this.#series)
    this.#stale()
  }

  destroy(): void {
    for (const stop of this.#stops) stop()
    for (const job of [this.#place, this.#draw, this.#take]) frames.cancel(job)
    this.#nearness = 'far'
    this.#cursor.destroy()
    this.#picture.chart.destroy()
    this.#root.remove()
  }

  #observe(): void {
    const sizes = new ResizeObserver(() => {
      this.#picture.resize()
      this.#stale()
    })
    sizes.observe(this.#root)
    const focused = new AbortController()
    this.#root.addEventListener('focus', this.#touched, { signal: focused.signal })
    showHalves(this.#root, focused.signal)
    this.#stops.push(
      () => focused.abort(),
      () => sizes.disconnect(),
      watchNearness(this.#root, (nearness) => this.#approach(nearness)),
      this.#view.subscribe((state, before) => this.#follow(state, before)),
      attachGestures(this.#root, this.#view, () => this.#plot(), {
        bucketMs: () => this.#picture.data?.stepMs ?? (this.#view.state.to - this.#view.state.from) / 100,
        nextPoint: (time, direction) => this.#nextPoint(time, direction),
        onTouch: () => this.#touched(),
        onRest: () => this.#options.onRest?.(),
      }),
    )
  }

  #plot(): Plot {
    const { left, top } = this.#root.getBoundingClientRect()
    const { left: inset, top: above, width, height } = this.#picture.plot
    return {
      left: left + inset,
      top: top + above,
      width,
      height,
      snap: (time) => this.#snap(time),
      pick: this.#pickAt,
    }
  }

  readonly #pickAt = (x: number, y: number): void => {
    const { left, top } = this.#root.getBoundingClientRect()
    const { plot } = this.#picture
    const { from, to } = this.#view.state
    const time = from + ((x - left - plot.left) / Math.max(plot.width, 1)) * (to - from)
    this.pick(this.#picture.seriesNear(time, y - top, pickPx))
  }

  /** Draws a series over all others and marks it on the cursor; null: none. */
  pick(id: number | null): void {
    if (id === this.#picture.picked) return
    this.#picture.picked = id
    this.#stale()
    this.#options.onPick?.(id)
  }

  readonly #touched = (): void => {
    frames.prefer(this.#draw)
    if (touched !== this.#root) {
      touched?.classList.remove('touched')
      touched = this.#root
      touched.classList.add('touched')
    }
    this.#options.onTouch?.()
  }

  get #visible(): number[] {
    return this.#series.filter(({ hidden }) => !hidden).map(({ id }) => id)
  }

  /** In a gap the cursor is free. */
  #snap(time: number): number {
    const { data, plot } = this.#picture
    const { from, to } = this.#view.state
    const within = (snapPx / Math.max(plot.width, 1)) * (to - from)
    const near = data && nearestPoint(data, this.#visible, time, within)
    return near !== null && near >= from && near <= to ? near : time
  }

  #nextPoint(time: number, direction: 1 | -1): number | null {
    const { data } = this.#picture
    return data && nextPoint(data, this.#visible, time, direction)
  }

  #approach(nearness: Nearness): void {
    this.#nearness = nearness
    this.#root.classList.toggle('far', nearness === 'far')
    if (nearness === 'far') this.#forget()
    if (nearness === 'seen') hintHalves(this.#root)
    if (nearness !== 'far' && this.#placed === null) frames.draw(this.#draw)
  }

  /** Gives the memory of what nobody sees back. */
  #forget(): void {
    frames.cancel(this.#draw)
    frames.cancel(this.#take)
    this.#placed = null
    this.#picture.free()
  }

  /** What is on the screen is no longer what it should be. */
  #stale(): void {
    this.#placed = null
    this.#isStale = true
    if (this.#nearness !== 'far') frames.draw(this.#draw)
  }

  #follow(state: ViewState, before: ViewState): void {
    if (this.#nearness !== 'seen') this.#placed = null
    else if (this.#placed === null || this.#isElsewhere(this.#placed, state)) frames.place(this.#place)
    else this.#moveCursor(state)
    // The last hold has ended: stretched traces become sharp, the value axis may settle.
    if (state === before) this.#stale()
  }

  #moveCursor(state: ViewState): void {
    const { cursor } = state
    const mark = cursor === null || this.#picture.picked === null ? null : this.#picture.markAt(cursor)
    this.#cursor.move(state, this.#picture.plot, mark)
  }

  #isElsewhere(placed: ViewState, { from, to }: ViewState): boolean {
    const pixel = (to - from) / Math.max(this.#picture.plot.width, 1)
    return Math.abs(from - placed.from) > pixel * tooLittle || to - from !== placed.to - placed.from
  }

  readonly #place = (): void => {
    if (!this.#show()) frames.draw(this.#draw)
  }

  readonly #draw = (): void => {
    // Whatever changed since is seen when this one is there.
    if (this.#isAsked) return
    const now = performance.now()
    if (this.#view.held && now - this.#askedAt < whileHeldMs) {
      frames.draw(this.#draw)
      return
    }
    this.#askedAt = now
    this.#isAsked = this.#picture.draw(() => {
      this.#isAsked = false
      if (this.#nearness !== 'far') frames.draw(this.#take)
    })
    this.#isStale = !this.#isAsked
  }

  readonly #take = (): number => {
    this.#picture.take()
    if (!this.#show() || this.#isStale) frames.draw(this.#draw)
    return takingMs
  }

  /** False when the picture should be drawn anew. */
  #show(): boolean {
    const { state } = this.#view
    this.#placed = state
    this.#moveCursor(state)
    return this.#picture.place()
  }
}
