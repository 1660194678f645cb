// One category's graph: draws its series over the shared window, shows the shared cursor and takes the gestures.
// Loaded after the first paint.

import { attachGestures, type Plot } from '../gestures/attach-gestures.ts'
import { longestGlide, wantsLessMotion } from '../view/follow.ts'
import { frames } from '../view/frames.ts'
import type { View, ViewState } from '../view/view.ts'
import { Cursor } from './cursor.ts'
import { type GraphData, GraphModel, type GraphSeries } from './model.ts'
import type { Paint } from './paint.ts'
import { readTheme, resolveColor } from './theme.ts'
import { calmRange, fitRange, type ValueRange } from './value-range.ts'
import { WindowChart } from './window-chart.ts'
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
}

/** In gliding windows a new point comes out from behind this delay (ms) beyond its interval, so that it slides in. */
const revealDelay = 250

/** A window that moved by less than this share of a CSS px need not be drawn again. */
const tooLittle = 0.2

export class Graph {
  readonly #view: View
  readonly #root: HTMLElement
  readonly #chart: WindowChart
  readonly #paint: Paint
  readonly #cursor: Cursor
  readonly #stops: (() => void)[] = []
  #series: readonly GraphSeries[] = []
  #near = false
  #drawn: ViewState | null = null
  #range: ValueRange | null = null

  constructor(host: HTMLElement, { view, unit, min, max, label }: GraphOptions) {
    this.#view = view
    this.#root = Object.assign(document.createElement('div'), { className: 'graph-plot', tabIndex: 0 })
    const canvas = document.createElement('canvas')
    canvas.setAttribute('aria-hidden', 'true')
    this.#root.append(canvas)
    host.classList.add('graph-host')
    host.append(this.#root)
    this.#paint = {
      model: new GraphModel({ min, max }),
      unit,
      theme: readTheme(this.#root),
      range: { min: 0, max: 1 },
      now: view.now,
      revealed: view.state.to,
    }
    this.#chart = new WindowChart(canvas, this.#paint, {
      ...view.state,
      ...view.limits,
      onMove: (from, to) => this.#moved(from, to),
    })
    this.#cursor = new Cursor(this.#root, label)
    this.#observe()
  }

  /** Which series there are, their colours, limits, and which of them are hidden. */
  setSeries(series: readonly GraphSeries[]): void {
    this.#series = series
    const resolved = series.map((one) => ({ ...one, color: resolveColor(this.#root, one.color) }))
    this.#paint.model.setSeries(resolved)
    this.#range = null
    this.#stale()
  }

  /** Replaces the buckets; they may be coarser, finer or wider than the window and are drawn as they are. */
  setData(data: GraphData): void {
    this.#paint.model.setData(data)
    this.#stale()
  }

  /** Reads the custom properties again, after light became dark. */
  setTheme(): void {
    this.#paint.theme = readTheme(this.#root)
    this.setSeries(this.#series)
  }

  destroy(): void {
    for (const stop of this.#stops) stop()
    frames.cancel(this.#draw)
    this.#chart.destroy()
    this.#root.remove()
  }

  #observe(): void {
    const sizes = new ResizeObserver(() => this.#resize())
    const nearness = new IntersectionObserver(([entry]) => this.#approach(entry?.isIntersecting ?? true), {
      rootMargin: '25%',
    })
    sizes.observe(this.#root)
    nearness.observe(this.#root)
    this.#stops.push(
      () => sizes.disconnect(),
      () => nearness.disconnect(),
      this.#view.subscribe((state, before) => this.#follow(state, before)),
      attachGestures(this.#root, this.#view, () => this.#plot(), {
        bucketMs: () => this.#paint.model.data?.stepMs ?? (this.#view.state.to - this.#view.state.from) / 100,
        onTouch: () => frames.prefer(this.#draw),
      }),
    )
  }

  #plot(): Plot {
    const { left, top } = this.#root.getBoundingClientRect()
    const { chartArea } = this.#chart
    return {
      left: left + chartArea.left,
      width: chartArea.right - chartArea.left,
      top: top + chartArea.top,
      height: chartArea.bottom - chartArea.top,
    }
  }

  #resize(): void {
    const { clientWidth, clientHeight } = this.#root
    this.#chart.resize(clientWidth, clientHeight)
    this.#stale()
  }

  #approach(near: boolean): void {
    this.#near = near
    if (near && this.#drawn === null) frames.draw(this.#draw)
  }

  /** What is on the screen is no longer what it should be. */
  #stale(): void {
    this.#drawn = null
    if (this.#near) frames.draw(this.#draw)
  }

  #follow(state: ViewState, before: ViewState): void {
    const drawn = this.#drawn
    const moved = drawn === null || this.#isElsewhere(drawn, state)
    if (moved) this.#stale()
    else if (this.#near) this.#cursor.move(state, this.#chart.chartArea)
    // The last hold has ended: the value axis may settle.
    if (state === before) this.#stale()
  }

  #isElsewhere(drawn: ViewState, { from, to }: ViewState): boolean {
    const { left, right } = this.#chart.chartArea
    const pixel = (to - from) / Math.max(right - left, 1)
    return (
      Math.abs(from - drawn.from) > pixel * tooLittle || Math.abs(to - from - (drawn.to - drawn.from)) > 0
    )
  }

  readonly #draw = (): void => {
    const state = this.#view.state
    const { model, unit } = this.#paint
    this.#paint.now = this.#view.now
    this.#paint.revealed = this.#revealed(state)
    const fitting = fitRange(model.extremes(state.from, state.to), model.limits, unit)
    this.#range = calmRange(this.#range, fitting, this.#view.held)
    this.#paint.range = this.#range
    this.#drawn = state
    this.#chart.showWindow(state.from, state.to)
    this.#cursor.move(state, this.#chart.chartArea)
  }

  /** While a live window glides, the newest segment is uncovered at the pace of time instead of popping up. */
  #revealed({ from, to, live }: ViewState): number {
    const everyMs = this.#paint.model.data?.everyMs ?? 0
    const glides = live && to - from <= longestGlide && everyMs > 0 && !wantsLessMotion()
    return glides ? to - Math.min(everyMs, 1000) - revealDelay : Number.POSITIVE_INFINITY
  }

  #moved(from: number, to: number): void {
    const drawn = this.#drawn
    if (drawn && (drawn.from !== from || drawn.to !== to)) this.#view.show(from, to)
  }
}
