// What of a graph is painted: the chart with its value axis; the traces with the time axis' labels on a canvas that
// slides. Placing a window is cheap and done every frame; drawing is costly and done when placing says so.

import type { ChartArea } from 'chart.js'
import { longestGlide, wantsLessMotion } from '../view/follow.ts'
import type { View, ViewState } from '../view/view.ts'
import { overhang } from './draw-traces.ts'
import { type GraphData, GraphModel, type GraphSeries } from './model.ts'
import { nearestTrace, valueAt } from './nearest-trace.ts'
import type { Paint } from './paint.ts'
import { type SheetJob, timeAxisHeight } from './paint-sheet.ts'
import { sheetPainter } from './sheet-painter.ts'
import { type Sheet, SlidingCanvas, widestMargin } from './sliding-canvas.ts'
import { readTheme, resolveColor } from './theme.ts'
import { windowDate } from './time-labels.ts'
import { midnight, type TickStep } from './time-ticks.ts'
import { calmRange, fitRange, type ValueRange } from './value-range.ts'
import { WindowChart } from './window-chart.ts'

/** In gliding windows a new point comes out from behind this delay (ms) beyond its interval, so that it slides in. */
const revealDelay = 250

/** While held, it is looked this often (ms) whether the values still fit. */
const fitEveryMs = 80

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
  readonly #date: HTMLElement
  /** The value axis' range; null: free to be any. */
  #range: ValueRange | null = null
  /** The chart's own canvas shows limits or colours of before. */
  #undressed = true
  /** Distance (ms) of the upright lines as they were drawn. */
  #tickMs = 0
  /** Length (ms) of the window as it was drawn. */
  #span = 0
  /** Painted and not yet taken. */
  #done: { sheet: Sheet; range: ValueRange; picture: ImageBitmap } | null = null
  /** Id of the series that is drawn over all others; null: none is. */
  picked: number | null = null
  #day = Number.NaN
  #fittedAt = 0

  constructor(root: HTMLElement, { view, unit, min, max }: PictureOptions) {
    this.#root = root
    this.#view = view
    const canvas = document.createElement('canvas')
    canvas.setAttribute('aria-hidden', 'true')
    root.append(canvas)
    this.#traces = new SlidingCanvas(root, 'graph-traces')
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

  /** Id of the series whose line passes within `reach` CSS px of a spot of the graph; null: none does. */
  seriesNear(time: number, y: number, reach: number): number | null {
    const { model, range } = this.#paint
    if (!model.data) return null
    const perPixel = (range.max - range.min) / Math.max(this.plot.height, 1)
    const value = range.max - (y - this.plot.top) * perPixel
    return nearestTrace(model.traces, model.data, { time, value, within: reach * perPixel })
  }

  /** Where the picked series' line passes at `time`: CSS px from the graph's top, and its colour; null in a gap. */
  markAt(time: number): { y: number; color: string } | null {
    const { model, range } = this.#paint
    const trace = this.picked === null ? undefined : model.traces.find(({ id }) => id === this.picked)
    const value = trace && model.data ? valueAt(trace, model.data, time) : null
    if (!trace || value === null) return null
    const share = (value - range.min) / (range.max - range.min)
    return { y: this.plot.bottom - share * this.plot.height, color: trace.color }
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
    const { left, top, width, height } = this.plot
    const pixelRatio = this.chart.currentDevicePixelRatio
    this.#root.style.setProperty('--middle', `${top + height / 2}px`)
    this.#root.style.setProperty('--inset', `${left}px`)
    const rows = { top: top - overhang, height: height + overhang + timeAxisHeight }
    this.#traces.resize({ left, width, ...rows }, pixelRatio)
    return true
  }

  /** Gives the memory of its sliding canvas back until it is drawn the next time. */
  free(): void {
    this.#done?.picture.close()
    this.#done = null
    this.#traces.free()
  }

  /** Shows the view's window with what is drawn already, shifted and stretched; false when it should be drawn anew. */
  place(): boolean {
    const { state, held, now } = this.#view
    const span = state.to - state.from
    // The zoom plugin's state is looked at between gestures only, and costs more than all else here.
    if (!held) this.chart.showWindow(state.from, state.to)
    this.#traces.reveal(this.#revealed(state))
    const stretch = this.#traces.place(state)
    this.#tellDate(state, now)
    return (
      (stretch === 1 || (held && isSlight(stretch))) &&
      this.chart.stepOf(span)?.ms === this.#tickMs &&
      this.#fits(state, held)
    )
  }

  /**
   * Has the view's window and its margins painted over a fitting range of values; calls `ready` when the result is there
   * to be taken. False when there is no room for it.
   */
  draw(ready: () => void): boolean {
    const fits = !this.#traces.isFree && this.chart.currentDevicePixelRatio === devicePixelRatio
    if (!fits && !this.resize()) return false
    const { state } = this.#view
    const step = this.chart.stepOf(state.to - state.from)
    if (!step) return false
    this.#range = this.#fittingRange(state)
    this.#span = state.to - state.from
    this.#tickMs = step.ms
    const sheet = this.#traces.sheet(state, this.#margin(state))
    const range = this.#range
    sheetPainter.paint(this.#job(sheet, range, step), (picture) => {
      this.#done?.picture.close()
      this.#done = { sheet, range, picture }
      ready()
    })
    return true
  }

  /** Shows what was painted last; the window has still to be placed. */
  take(): void {
    const done = this.#done
    this.#done = null
    if (!done || !this.#traces.take(done.sheet, done.picture)) return
    this.#showRange(done.range)
    if (this.#undressed) this.chart.draw()
    this.#undressed = false
  }

  /** The chart's own canvas shows a range of values; it is drawn anew only when that is another one. */
  #showRange(range: ValueRange): void {
    const before = this.#paint.range
    this.#paint.range = range
    const { state, held } = this.#view
    if (!held || range.min !== before.min || range.max !== before.max)
      this.chart.showWindow(state.from, state.to)
  }

  #job(sheet: Sheet, { min, max }: ValueRange, step: TickStep): SheetJob {
    const { model, theme } = this.#paint
    const { first, traces } = model.drawn(sheet.from, sheet.to, this.picked)
    const dx = (model.data?.stepMs ?? 1) * sheet.perMs
    return {
      ...{ ...sheet, min, max, step, traces, dx },
      x0: (model.firstTime - sheet.from) * sheet.perMs + first * dx,
      plotHeight: this.plot.height,
      clearRows: this.chart.limitRows({ min, max }, sheet.pixelRatio),
      clearHeight: Math.round(sheet.pixelRatio),
      unlabelled: this.#unlabelled(sheet),
      ...{ grid: theme.grid, text: theme.text, family: theme.family, bandOpacity: theme.bandOpacity },
    }
  }

  /**
   * At the edges of a window that rests, and beyond the right one of a live window, into which those labels would glide:
   * a label is there whole or not at all. Under a finger they slide in and out.
   */
  #unlabelled({ from, perMs }: Sheet): [number, number][] {
    const { state, held } = this.#view
    if (held) return []
    const [left, right] = [0, this.#revealed(state)].map(
      (share) => (state.from + share * (state.to - state.from) - from) * perMs,
    ) as [number, number]
    return [
      [left, left],
      [right, state.live ? Number.POSITIVE_INFINITY : right],
    ]
  }

  /** A window that is being pinched is soon drawn anew in any case; only one that is panned needs much beside it. */
  #margin({ from, to }: ViewState): number {
    return this.#view.held && to - from !== this.#span ? pinchMargin : widestMargin
  }

  #fits(state: ViewState, held: boolean): boolean {
    const now = performance.now()
    if (held && now - this.#fittedAt < fitEveryMs) return true
    this.#fittedAt = now
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
  #tellDate({ from, to }: ViewState, now: number): void {
    const day = (this.chart.stepOf(to - from)?.ms ?? 0) < dayMs ? midnight(from) : 0
    if (day === this.#day) return
    this.#day = day
    this.#date.textContent = day === 0 ? '' : (windowDate(from, now) ?? '')
  }
}

const isSlight = (stretch: number | null): boolean =>
  stretch !== null && stretch < mostStretch && stretch > 1 / mostStretch
