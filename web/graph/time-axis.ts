// The time axis: Chart.js' linear scale with ticks that people count in, a fixed height, and labels that fade at the
// edges instead of popping up. Its window is what `zoomScale('x', …)` of the zoom plugin set.

import { type ChartArea, LinearScale, type Tick } from 'chart.js'
import { paintOf } from './paint.ts'
import { fontSize } from './theme.ts'
import { tickLabel, windowDate } from './time-labels.ts'
import { type TickStep, tickStep, ticksBetween } from './time-ticks.ts'

/** Height of the axis, CSS px. */
const axisHeight = 20

/** Least distance of two ticks, and of two labels, CSS px. */
const calmDistance = 62
const labelGap = 22

const sampleTime = new Date(2000, 8, 28, 22, 28, 28).getTime()

export class TimeAxis extends LinearScale {
  static override id = 'window'
  static override defaults = { ...LinearScale.defaults }

  #step: TickStep | null = null
  readonly #widths = new Map<string, number>()

  override determineDataLimits(): void {
    const { min, max } = this.getUserBounds()
    this.min = min
    this.max = max
  }

  override buildTicks(): Tick[] {
    this.ctx.font = paintOf(this.chart).theme.font
    const step = tickStep(this.max - this.min, this.width, (candidate) => this.#room(candidate))
    this.#step = step
    return ticksBetween(this.min, this.max, step).map((value) => {
      const { text, major } = tickLabel(value, step)
      return { value, label: text, major }
    })
  }

  override generateTickLabels(): void {}
  override calculateLabelRotation(): void {}
  afterAutoSkip(): void {}

  override fit(): void {
    this.height = axisHeight
  }

  /** Takes over a window that the zoom plugin has set, without a new layout. */
  refresh(): void {
    const { min, max } = this.options
    this.min = Number(min)
    this.max = Number(max)
    this.ticks = this.buildTicks()
    this.configure()
  }

  override draw({ left, right, top, bottom }: ChartArea): void {
    const { ctx, ticks } = this
    const { theme, now } = paintOf(this.chart)
    ctx.save()
    ctx.font = theme.font
    ctx.fillStyle = theme.grid
    const hairline = 1 / this.chart.currentDevicePixelRatio
    for (const { value, major } of ticks) {
      const x = this.getPixelForValue(value)
      if (x >= left && x <= right)
        ctx.fillRect(x - hairline / 2, top, major ? 2 * hairline : hairline, bottom - top)
    }
    ctx.fillStyle = theme.text
    ctx.textBaseline = 'middle'
    this.#drawDate(now)
    this.#drawLabels(left, right)
    ctx.restore()
  }

  #drawLabels(left: number, right: number): void {
    const { ctx, top } = this
    ctx.textAlign = 'center'
    for (const { value, label } of this.ticks) {
      const text = String(label)
      const x = this.getPixelForValue(value)
      const half = this.#width(text) / 2
      const inside = Math.min(x - half - left, right - x - half)
      if (inside < -half) continue
      ctx.globalAlpha = Math.max(0, Math.min(1, 1 + inside / 8))
      if (ctx.globalAlpha > 0) ctx.fillText(text, x, top + axisHeight / 2 + 2)
    }
    ctx.globalAlpha = 1
  }

  /** The corner left of the axis tells the day when the ticks tell only times. */
  #drawDate(now: number): void {
    const unit = this.#step?.unit
    const text = unit === 'second' || unit === 'minute' || unit === 'hour' ? windowDate(this.min, now) : null
    if (text === null) return
    this.ctx.textAlign = 'left'
    this.ctx.fillText(text, 0, this.top + axisHeight / 2 + 2)
  }

  #room(step: TickStep): number {
    return Math.max(calmDistance, this.#width(tickLabel(sampleTime, step).text) + labelGap)
  }

  #width(text: string): number {
    const known = this.#widths.get(text)
    if (known !== undefined) return known
    if (this.#widths.size > 500) this.#widths.clear()
    const { width } = this.ctx.measureText(text)
    this.#widths.set(text, width || text.length * fontSize * 0.6)
    return width
  }
}
