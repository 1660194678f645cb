// Chart.js lays everything out anew whenever its window changes. A finger changes nothing but the window, so the
// update mode that the zoom plugin uses for it takes a short way here.

import { Chart, type ChartConfiguration, type Plugin, type UpdateMode } from 'chart.js'
import zoomPlugin from 'chartjs-plugin-zoom'
import { BandController, NoElement } from './band-controller.ts'
import { overhang } from './draw-traces.ts'
import type { Paint } from './paint.ts'
import { TimeAxis } from './time-axis.ts'
import type { TickStep } from './time-ticks.ts'
import { ValueAxis } from './value-axis.ts'
import type { ValueRange } from './value-range.ts'

// Its types say CommonJS, of which the default export would be the whole module; bundled it is the plugin.
const Zoom = zoomPlugin as unknown as Plugin

Chart.register(BandController, NoElement, TimeAxis, ValueAxis, Zoom)

export interface WindowChartOptions {
  from: number
  to: number
  /** Shortest window (ms) that the plugin's own `zoom` keeps to. */
  shortest: number
  /** Somebody moved the window through the plugin's own `zoom`, `pan` or `zoomScale`. */
  onMove: (from: number, to: number) => void
}

export class WindowChart extends Chart<'band'> {
  #isTold = false
  readonly #sheet: OffscreenCanvas
  readonly #screen: ImageBitmapRenderingContext

  /**
   * Draws beside the screen and shows the result on `canvas`: browsers copy a canvas that can be drawn on in every frame
   * in which anything near it moves, a picture only once.
   */
  constructor(canvas: HTMLCanvasElement, paint: Paint, options: WindowChartOptions) {
    const sheet = new OffscreenCanvas(1, 1)
    super(sheet as unknown as HTMLCanvasElement, configuration(paint, options))
    this.#sheet = sheet
    const screen = canvas.getContext('bitmaprenderer')
    if (!screen) throw new Error('this browser draws no canvas')
    this.#screen = screen
  }

  override draw(): void {
    super.draw()
    // The first drawing is of no size yet, and comes from within the constructor above.
    if (#screen in this) this.#screen.transferFromImageBitmap(this.#sheet.transferToImageBitmap())
  }

  /** Takes a size, CSS px, and the screen's pixel ratio of now. */
  override resize(width: number, height: number): void {
    this.options.devicePixelRatio = devicePixelRatio
    const canvas = this.#screen.canvas as HTMLCanvasElement
    canvas.width = Math.round(width * devicePixelRatio)
    canvas.height = Math.round(height * devicePixelRatio)
    super.resize(width, height)
    const { style } = canvas
    style.width = `${width}px`
    style.height = `${height}px`
  }

  /** Shows [from, to) through the zoom plugin, so that its state is right; without a layout and, as long as the value
   *  axis keeps its range, without drawing. */
  showWindow(from: number, to: number): void {
    this.#isTold = true
    this.zoomScale('x', { min: from, max: to }, 'zoom' as UpdateMode)
    this.#isTold = false
  }

  /** The plugin moves the window because the view did, not because somebody called its API. */
  get isTold(): boolean {
    return this.#isTold
  }

  override update(mode?: UpdateMode): void {
    if ((mode as string | undefined) === 'zoom' && this.chartArea) this.#refresh()
    else super.update(mode)
  }

  /** Rows (device px) of the limits' lines on a sheet that begins an overhang above the plot. */
  limitRows(range: ValueRange, pixelRatio: number): number[] {
    const { y } = this.scales
    return y instanceof ValueAxis ? y.limitRows(range, this.chartArea.top - overhang, pixelRatio) : []
  }

  /** The time axis' ticks in a window of `span` ms. */
  stepOf(span: number): TickStep | null {
    return this.#time?.stepOf(span) ?? null
  }

  get #time(): TimeAxis | null {
    const { x } = this.scales
    return x instanceof TimeAxis ? x : null
  }

  #refresh(): void {
    this.#time?.refresh()
    const { y } = this.scales
    if (y instanceof ValueAxis && y.refresh()) this.draw()
  }
}

function configuration(paint: Paint, options: WindowChartOptions): ChartConfiguration<'band'> {
  const { from, to, shortest, onMove } = options
  const moved = ({ chart }: { chart: Chart }) => {
    const { x } = chart.scales
    if (x && chart instanceof WindowChart && !chart.isTold) onMove(x.min, x.max)
  }
  return {
    type: 'band',
    data: { datasets: [{ data: [], paint }] },
    options: {
      responsive: false,
      maintainAspectRatio: false,
      animation: false,
      events: [],
      layout: { autoPadding: false, padding: { top: 16, right: 2 } },
      scales: { x: { type: 'window', min: from, max: to }, y: { type: 'values' } },
      plugins: {
        // The fingers are ours (web/gestures): the plugin's own handlers know no halves, no scrolling page and no
        // other graphs.
        zoom: {
          limits: { x: { minRange: shortest } },
          pan: { enabled: false, mode: 'x', onPan: moved },
          zoom: {
            wheel: { enabled: false },
            pinch: { enabled: false },
            drag: { enabled: false },
            mode: 'x',
            onZoom: moved,
          },
        },
      },
    },
  }
}
