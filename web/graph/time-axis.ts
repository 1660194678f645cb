// The time axis: Chart.js' linear scale with ticks that people count in and a fixed height. Its window is what
// `zoomScale('x', …)` of the zoom plugin set. It is painted on the sliding canvas instead of the chart's own, so that a
// window that only moves needs no painting.

import { LinearScale, type Tick } from 'chart.js'
import { paintOf } from './paint.ts'
import { timeAxisHeight } from './paint-sheet.ts'
import { tickLabel } from './time-labels.ts'
import { type TickStep, type TickUnit, tickStep } from './time-ticks.ts'

/** Least distance of two ticks, and of two labels, CSS px. */
const calmDistance = 62
const labelGap = 22

/** As wide as any: two digits everywhere. */
const sampleTime = new Date(2000, 8, 28, 22, 28, 28).getTime()

export class TimeAxis extends LinearScale {
  static override id = 'window'
  static override defaults = { ...LinearScale.defaults }

  /** Room (px) that a step's labels need, by its unit; measured once a font. */
  readonly #rooms = new Map<TickUnit, number>()
  #font = ''
  #step: TickStep = { unit: 'second', count: 1, ms: 1000 }
  #span = 0
  #width = 0

  override determineDataLimits(): void {
    const { min, max } = this.getUserBounds()
    this.min = min
    this.max = max
  }

  override buildTicks(): Tick[] {
    return []
  }

  override fit(): void {
    this.height = timeAxisHeight
  }

  override draw(): void {}

  /** Takes over a window that the zoom plugin has set, without a new layout. */
  refresh(): void {
    this.min = Number(this.options.min)
    this.max = Number(this.options.max)
    this.configure()
  }

  /** Distance of the ticks; depends on the window's length (ms) alone. */
  stepOf(span: number): TickStep {
    if (span !== this.#span || this.width !== this.#width) {
      this.#step = tickStep(span, this.width, (step) => this.#room(step))
      this.#span = span
      this.#width = this.width
    }
    return this.#step
  }

  get step(): TickStep {
    return this.stepOf(this.max - this.min)
  }

  #room(step: TickStep): number {
    const { font } = paintOf(this.chart).theme
    if (font !== this.#font) this.#rooms.clear()
    this.#font = font
    const room = this.#rooms.get(step.unit) ?? this.#measure(step, font)
    this.#rooms.set(step.unit, room)
    return room
  }

  #measure(step: TickStep, font: string): number {
    this.ctx.font = font
    return Math.max(calmDistance, this.ctx.measureText(tickLabel(sampleTime, step).text).width + labelGap)
  }
}
