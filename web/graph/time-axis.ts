// The time axis: Chart.js' linear scale with ticks that people count in and a fixed height. Its window is what
// `zoomScale('x', …)` of the zoom plugin set. It paints on sliding canvases instead of the chart's own, so that a
// window that only moves needs no painting.

import { LinearScale, type Tick } from 'chart.js'
import { paintOf } from './paint.ts'
import type { Sheet } from './sliding-canvas.ts'
import { tickLabel } from './time-labels.ts'
import { type TickStep, type TickUnit, tickStep, ticksBetween } from './time-ticks.ts'

/** Height of the axis, CSS px. */
export const timeAxisHeight = 20

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

  /** Distance of the ticks; depends on the window's length alone. */
  get step(): TickStep {
    return tickStep(this.max - this.min, this.width, (step) => this.#room(step))
  }

  /** Paints a thin upright line for each tick, a thicker one where a day begins. */
  paintGrid({ ctx, from, to, perMs, pixelRatio }: Sheet): void {
    const { step } = this
    const thin = Math.max(1, Math.floor(pixelRatio / 2))
    ctx.fillStyle = paintOf(this.chart).theme.grid
    for (const time of ticksBetween(from, to, step)) {
      const width = tickLabel(time, step).major ? 2 * thin : thin
      ctx.fillRect(Math.round((time - from) * perMs - width / 2), 0, width, ctx.canvas.height)
    }
  }

  /** Paints the label of each tick. */
  paintLabels({ ctx, from, to, perMs, pixelRatio, isFresh }: Sheet): void {
    const { step } = this
    const { theme } = paintOf(this.chart)
    if (isFresh) {
      // Once only: setting a font makes the browser bring the styles of the whole page up to date, and so does every
      // text whose direction the page decides.
      ctx.scale(pixelRatio, pixelRatio)
      ctx.font = theme.font
      ctx.direction = 'ltr'
      ctx.textAlign = 'center'
      ctx.textBaseline = 'middle'
    }
    ctx.fillStyle = theme.text
    for (const time of ticksBetween(from, to, step)) {
      const { text } = tickLabel(time, step)
      ctx.fillText(text, ((time - from) * perMs) / pixelRatio, timeAxisHeight / 2 + 2)
    }
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
