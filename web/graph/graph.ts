// One category's graph: draws its series over the shared window, shows the shared cursor and takes the gestures.
// Loaded after the first paint.

import { attachGestures, type Plot } from '../gestures/attach-gestures.ts'
import { longestGlide, wantsLessMotion } from '../view/follow.ts'
import { frames } from '../view/frames.ts'
import type { View, ViewState } from '../view/view.ts'
import { Cursor } from './cursor.ts'
import { overhang } from './draw-traces.ts'
import { type GraphData, GraphModel, type GraphSeries } from './model.ts'
import { type Nearness, watchNearness } from './nearness.ts'
import type { Paint } from './paint.ts'
import { SlidingCanvas } from './sliding-canvas.ts'
import { readTheme, resolveColor } from './theme.ts'
import { timeAxisHeight } from './time-axis.ts'
import { windowDate } from './time-labels.ts'
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

/** A window that moved by less than this share of a CSS px stays where it is on the screen. */
const tooLittle = 0.2

/** While held, traces may be stretched by this much before they are drawn anew. */
const mostStretch = 1.15

const dayMs = 86_400_000

export class Graph {
  readonly #view: View
  readonly #root: HTMLElement
  readonly #chart: WindowChart
  readonly #paint: Paint
  readonly #traces: SlidingCanvas
  readonly #labels: SlidingCanvas
  readonly #date: HTMLElement
  readonly #cursor: Cursor
  readonly #stops: (() => void)[] = []
  #series: readonly GraphSeries[] = []
  #nearness: Nearness = 'far'
  /** What the axes show now. */
  #placed: ViewState | null = null
  #range: ValueRange | null = null
  /** The chart's own canvas shows limits or colours of before. */
  #undressed = true
  /** Distance (ms) of the upright lines as they were drawn. */
  #tickMs = 0

  constructor(host: HTMLElement, { view, unit, min, max, label }: GraphOptions) {
    this.#view = view
    this.#root = Object.assign(document.createElement('div'), { className: 'graph-plot', tabIndex: 0 })
    const canvas = document.createElement('canvas')
    canvas.setAttribute('aria-hidden', 'true')
    this.#root.append(canvas)
    host.classList.add('graph-host')
    host.append(this.#root)
    this.#traces = new SlidingCanvas(this.#root, 'graph-traces')
    this.#labels = new SlidingCanvas(this.#root, 'graph-times')
    this.#date = Object.assign(document.createElement('div'), { className: 'graph-date' })
    this.#root.append(this.#date)
    this.#paint = {
      model: new GraphModel({ min, max }),
      unit,
      theme: readTheme(this.#root),
      range: { min: 0, max: 1 },
    }
    this.#chart = new WindowChart(canvas, this.#paint, {
      ...view.state,
      ...view.limits,
      onMove: (from, to) => this.#moved(from, to),
    })
    this.#cursor = new Cursor(this.#root, label)
    this.#observe()
  }

  /** Its chart, with the zoom plugin's API: `zoom`, `pan`, `isZoomedOrPanned` … move the shared window. */
  get chart(): WindowChart {
    return this.#chart
  }

  /** Which series there are, their colours, limits, and which of them are hidden. */
  setSeries(series: readonly GraphSeries[]): void {
    if (same(series, this.#series)) return
    this.#series = series
    this.#dress()
  }

  /** Replaces the buckets; they may be coarser, finer or wider than the window and are drawn as they are. */
  setData(data: GraphData): void {
    this.#paint.model.setData(data)
    this.#stale()
  }

  /** Reads the custom properties again, after light became dark. */
  setTheme(): void {
    this.#paint.theme = readTheme(this.#root)
    this.#dress()
  }

  destroy(): void {
    for (const stop of this.#stops) stop()
    frames.cancel(this.#place)
    frames.cancel(this.#draw)
    this.#chart.destroy()
    this.#root.remove()
  }

  /** Takes over series and theme; the value axis is free to change with them. */
  #dress(): void {
    const resolved = this.#series.map((one) => ({ ...one, color: resolveColor(this.#root, one.color) }))
    this.#paint.model.setSeries(resolved)
    this.#range = null
    this.#undressed = true
    this.#stale()
  }

  #observe(): void {
    const sizes = new ResizeObserver(() => this.#resize())
    sizes.observe(this.#root)
    this.#stops.push(
      () => sizes.disconnect(),
      watchNearness(this.#root, (nearness) => this.#approach(nearness)),
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
    if (clientWidth === 0 || clientHeight === 0) return
    this.#chart.resize(clientWidth, clientHeight)
    const { chartArea, currentDevicePixelRatio: pixelRatio } = this.#chart
    const { left, top, bottom, width, height } = chartArea
    this.#traces.resize({ left, width, top: top - overhang, height: height + 2 * overhang }, pixelRatio)
    this.#labels.resize({ left, width, top: bottom, height: timeAxisHeight }, pixelRatio)
    this.#stale()
  }

  #approach(nearness: Nearness): void {
    this.#nearness = nearness
    this.#root.classList.toggle('far', nearness === 'far')
    if (nearness !== 'far' && this.#placed === null) frames.draw(this.#draw)
  }

  /** What is on the screen is no longer what it should be. */
  #stale(): void {
    this.#placed = null
    if (this.#nearness !== 'far') frames.draw(this.#draw)
  }

  #follow(state: ViewState, before: ViewState): void {
    if (this.#nearness !== 'seen') this.#placed = null
    else if (this.#placed === null || this.#isElsewhere(this.#placed, state)) frames.place(this.#place)
    else this.#cursor.move(state, this.#chart.chartArea)
    // The last hold has ended: stretched traces become sharp, the value axis may settle.
    if (state === before) this.#stale()
  }

  #isElsewhere(placed: ViewState, { from, to }: ViewState): boolean {
    const { left, right } = this.#chart.chartArea
    const pixel = (to - from) / Math.max(right - left, 1)
    return Math.abs(from - placed.from) > pixel * tooLittle || to - from !== placed.to - placed.from
  }

  /** Cheap, every frame: shows the window with what is drawn already, shifted and stretched. */
  readonly #place = (): void => {
    const { state, held, now } = this.#view
    this.#placed = state
    this.#chart.showWindow(state.from, state.to)
    // Stretched letters are ugly, and few: they are drawn anew at every length.
    if (this.#labels.place(state) !== 1) {
      this.#labels.draw(state, (sheet) => this.#chart.paintLabels(sheet))
      this.#labels.place(state)
    }
    this.#traces.reveal(this.#revealed(state))
    const stretch = this.#traces.place(state)
    const good =
      stretch === 1 || (held && stretch !== null && stretch < mostStretch && stretch > 1 / mostStretch)
    if (!good || this.#chart.tickMs !== this.#tickMs || !this.#fits(state)) frames.draw(this.#draw)
    this.#cursor.move(state, this.#chart.chartArea)
    this.#tellDate(state, now)
  }

  /** Costly, when there is time: draws the window and its margins over a fitting range of values. */
  readonly #draw = (): void => {
    const state = this.#view.state
    if (this.#chart.currentDevicePixelRatio !== devicePixelRatio) this.#resize()
    this.#range = this.#fittingRange(state)
    this.#paint.range = this.#range
    this.#chart.showWindow(state.from, state.to)
    if (this.#undressed) this.#chart.draw()
    this.#undressed = false
    this.#tickMs = this.#chart.tickMs
    this.#traces.draw(state, (sheet) => this.#chart.paintTraces(sheet))
    this.#place()
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
    const everyMs = this.#paint.model.data?.everyMs ?? 0
    const glides = live && to - from <= longestGlide && everyMs > 0 && !wantsLessMotion()
    return glides ? Math.max(0, 1 - (Math.min(everyMs, 1000) + revealDelay) / (to - from)) : 1
  }

  /** The corner left of the time axis tells the day where the ticks tell only times of day. */
  #tellDate({ from }: ViewState, now: number): void {
    const text = this.#chart.tickMs < dayMs ? (windowDate(from, now) ?? '') : ''
    if (this.#date.textContent !== text) this.#date.textContent = text
  }

  #moved(from: number, to: number): void {
    const placed = this.#placed
    if (placed && (placed.from !== from || placed.to !== to)) this.#view.show(from, to)
  }
}

function same(a: readonly GraphSeries[], b: readonly GraphSeries[]): boolean {
  return a.length === b.length && a.every((one, index) => JSON.stringify(one) === JSON.stringify(b[index]))
}
