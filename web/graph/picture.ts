// What of a graph is painted: the chart with its value axis, the traces and the time axis' labels on their sliding
// canvases. Placing a window is cheap and done every frame; drawing is costly and done when placing says so.

import type { ChartArea } from 'chart.js'
import { longestGlide, wantsLessMotion } from '../view/follow.ts'
import type { View, ViewState } from '../view/view.ts'
import { overhang } from './draw-traces.ts'
import { type GraphData, GraphModel, type GraphSeries } from './model.ts'
import type { Paint } from './paint.ts'
import { SlidingCanvas, widestMargin } from './sliding-canvas.ts'
import { readTheme, resolveColor } from './theme.ts'
import { timeAxisHeight } from './time-axis.ts'
import { windowDate } from './time-labels.ts'
import { midnight } from './time-ticks.ts'
import { calmRange, fitRange, type ValueRange } from './value-range.ts'
import { WindowChart } from './window-chart.ts'

/** In gliding windows a new point comes out from behind this delay (ms) beyond its interval, so that it slides in. */
const revealDelay = 250

/** While held, traces may be stretched by this much before they are drawn anew. */
const mostStretch = 1.15

/** Margin of a window that is pinched: as much as it may be stretched. */
const pinchMargin = 0.1

const dayMs = 86_400_000

export interface PictureOptions {
  view: View
  unit: string
  min: number | null
  max: number | null
}

export class Picture {
  readonly chart: WindowChart
  readonly #root: HTMLElement
  readonly #view: View
  readonly #paint: Paint
  readonly #traces: SlidingCanvas
  readonly #labels: SlidingCanvas
  readonly #date: HTMLElement
  /** The value axis' range; null: free to be any. */
  #range: ValueRange | null = null
  /** The chart's own canvas shows limits or colours of before. */
  #undressed = true
  /** Distance (ms) of the upright lines as they were drawn. */
  #tickMs = 0
  /** Length (ms) of the window as it was drawn. */
  #span = 0
  #day = Number.NaN

  constructor(root: HTMLElement, { view, unit, min, max }: PictureOptions) {
    this.#root = root
    this.#view = view
    const canvas = document.createElement('canvas')
    canvas.setAttribute('aria-hidden', 'true')
    root.append(canvas)
    this.#traces = new SlidingCanvas(root, 'graph-traces')
    this.#labels = new SlidingCanvas(root, 'graph-times')
    this.#date = Object.assign(document.createElement('div'), { className: 'graph-date' })
    root.append(this.#date)
    this.#paint = {
      model: new GraphModel({ min, max }),
      unit,
      theme: readTheme(root),
      range: { min: 0, max: 1 },
    }
    this.chart = new WindowChart(canvas, this.#paint, {
      ...view.state,
      ...view.limits,
      onMove: (from, to) => view.show(from, to),
    })
  }

  /** The plot's place in the graph, CSS px. */
  get plot(): ChartArea {
    return this.chart.chartArea
  }

  get data(): GraphData | null {
    return this.#paint.model.data
  }

  set data(data: GraphData | null) {
    this.#paint.model.setData(data)
  }

  /** Takes over series and the theme as it is now; the value axis is free to change with them. */
  dress(series: readonly GraphSeries[]): void {
    this.#paint.theme = readTheme(this.#root)
    const resolved = series.map((one) => ({ ...one, color: resolveColor(this.#root, one.color) }))
    this.#paint.model.setSeries(resolved)
    this.#range = null
    this.#undressed = true
  }

  /** Fills its root; what was drawn is void. False when the root has no size. */
  resize(): boolean {
    const { clientWidth, clientHeight } = this.#root
    if (clientWidth === 0 || clientHeight === 0) return false
    this.chart.resize(clientWidth, clientHeight)
    const { left, top, bottom, width, height } = this.plot
    const pixelRatio = this.chart.currentDevicePixelRatio
    this.#traces.resize({ left, width, top: top - overhang, height: height + 2 * overhang }, pixelRatio)
    this.#labels.resize({ left, width, top: bottom, height: timeAxisHeight }, pixelRatio)
    return true
  }

  /** Gives the memory of its sliding canvases back until it is drawn the next time. */
  free(): void {
    this.#traces.free()
    this.#labels.free()
  }

  /** Shows the view's window with what is drawn already, shifted and stretched; false when it should be drawn anew. */
  place(): boolean {
    const { state, held, now } = this.#view
    this.chart.showWindow(state.from, state.to)
    // Stretched letters are ugly, and few: they are drawn anew at every length.
    if (this.#labels.place(state) !== 1) {
      this.#labels.draw(state, this.#margin(state), (sheet) => this.chart.paintLabels(sheet))
      this.#labels.place(state)
    }
    this.#traces.reveal(this.#revealed(state))
    const stretch = this.#traces.place(state)
    this.#tellDate(state, now)
    return (
      (stretch === 1 || (held && isSlight(stretch))) &&
      this.chart.tickMs === this.#tickMs &&
      this.#fits(state)
    )
  }

  /** Draws the view's window and its margins over a fitting range of values; false when there is no room for it. */
  draw(): boolean {
    const { state } = this.#view
    const fits = !this.#traces.isFree && this.chart.currentDevicePixelRatio === devicePixelRatio
    if (!fits && !this.resize()) return false
    this.#range = this.#fittingRange(state)
    this.#paint.range = this.#range
    this.chart.showWindow(state.from, state.to)
    if (this.#undressed) this.chart.draw()
    this.#undressed = false
    this.#tickMs = this.chart.tickMs
    this.#traces.draw(state, this.#margin(state), (sheet) => this.chart.paintTraces(sheet))
    this.#span = state.to - state.from
    return true
  }

  /** A window that is being pinched is soon drawn anew in any case; only one that is panned needs much beside it. */
  #margin({ from, to }: ViewState): number {
    return this.#view.held && to - from !== this.#span ? pinchMargin : widestMargin
  }

  #fits(state: ViewState): boolean {
    const range = this.#fittingRange(state)
    return this.#range !== null && range.min === this.#range.min && range.max === this.#range.max
  }

  #fittingRange({ from, to }: ViewState): ValueRange {
    const { model, unit } = this.#paint
    return calmRange(this.#range, fitRange(model.extremes(from, to), model.limits, unit), this.#view.held)
  }

  /**
   * The share of the window in which data is shown. While a live window glides, the newest segment is uncovered at the
   * pace of time instead of popping up.
   */
  #revealed({ from, to, live }: ViewState): number {
    const everyMs = this.data?.everyMs ?? 0
    const glides = live && to - from <= longestGlide && everyMs > 0 && !wantsLessMotion()
    return glides ? Math.max(0, 1 - (Math.min(everyMs, 1000) + revealDelay) / (to - from)) : 1
  }

  /** The corner left of the time axis tells the day where the ticks tell only times of day. */
  #tellDate({ from }: ViewState, now: number): void {
    const day = this.chart.tickMs < dayMs ? midnight(from) : 0
    if (day === this.#day) return
    this.#day = day
    this.#date.textContent = day === 0 ? '' : (windowDate(from, now) ?? '')
  }
}

const isSlight = (stretch: number | null): boolean =>
  stretch !== null && stretch < mostStretch && stretch > 1 / mostStretch
