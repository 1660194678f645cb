// The value axis: Chart.js' linear scale over a range that the graph decides, with few round ticks, a fixed width so
// that all graphs stand in line, its unit once, and the lines of the declared limits.

import { type ChartArea, LinearScale, type Tick } from 'chart.js'
import { formatNumber, shownUnit } from '../../common/units.ts'
import type { LimitLine } from './model.ts'
import { paintOf } from './paint.ts'
import { type ValueRange, valueStep, valueTicks } from './value-range.ts'

/** Width of the axis, CSS px. */
const axisWidth = 38

/** Height of plot, CSS px, for each tick. */
const pixelsPerTick = 36

export class ValueAxis extends LinearScale {
  static override id = 'values'
  static override defaults = { ...LinearScale.defaults }

  override determineDataLimits(): void {
    const { range } = paintOf(this.chart)
    this.min = range.min
    this.max = range.max
  }

  override buildTicks(): Tick[] {
    const { unit } = paintOf(this.chart)
    const { divisor } = shownUnit(unit, Math.max(Math.abs(this.min), Math.abs(this.max)))
    const step = valueStep(this, unit, this.height / pixelsPerTick)
    return valueTicks(this, step).map((value) => ({ value, label: formatNumber(value / divisor) }))
  }

  override generateTickLabels(): void {}
  override calculateLabelRotation(): void {}
  afterAutoSkip(): void {}

  override fit(): void {
    this.width = axisWidth
  }

  /** Takes over a new range, without a new layout; false when it is the one that it shows. */
  refresh(): boolean {
    const { min, max } = paintOf(this.chart).range
    if (min === this.min && max === this.max) return false
    this.min = min
    this.max = max
    this.ticks = this.buildTicks()
    this.configure()
    return true
  }

  override draw(area: ChartArea): void {
    const { ctx, ticks } = this
    const { theme, unit } = paintOf(this.chart)
    ctx.save()
    ctx.fillStyle = theme.grid
    const hairline = 1 / this.chart.currentDevicePixelRatio
    for (const { value } of ticks) this.#drawLine(value, hairline, area)
    this.#drawLimits(area)
    ctx.font = theme.font
    ctx.fillStyle = theme.text
    ctx.textAlign = 'right'
    ctx.textBaseline = 'middle'
    for (const { value, label } of ticks)
      ctx.fillText(String(label), area.left - 6, this.getPixelForValue(value))
    this.#drawUnit(unit, area)
    ctx.restore()
  }

  /**
   * Rows of the limits' lines (device px) on a sheet whose first row is `top` (CSS px of the chart), while the axis
   * reaches over `range`.
   */
  limitRows(range: ValueRange, top: number, ratio: number): number[] {
    const { bottom, height } = this.chart.chartArea
    const { min, max } = range
    return this.#limitsWithin(range).map(({ value }) => {
      const y = bottom - ((value - min) / (max - min)) * height
      return Math.round((y - 0.5) * ratio) - Math.round(top * ratio)
    })
  }

  #drawUnit(unit: string, { left, top }: ChartArea): void {
    const { symbol } = shownUnit(unit, Math.max(Math.abs(this.min), Math.abs(this.max)))
    this.ctx.textAlign = 'left'
    this.ctx.fillText(symbol, left + 4, top - 7)
  }

  /** Limits within the range; zero has a line of the grid already. */
  #limitsWithin({ min, max }: ValueRange): LimitLine[] {
    const { limitLines } = paintOf(this.chart).model
    return limitLines.filter(({ value }) => value !== 0 && value >= min && value <= max)
  }

  #drawLimits(area: ChartArea): void {
    const { theme } = paintOf(this.chart)
    for (const { value, color } of this.#limitsWithin(this)) {
      this.ctx.fillStyle = color ?? theme.limit
      this.#drawLine(value, 1, area)
    }
  }

  #drawLine(value: number, thickness: number, { left, right }: ChartArea): void {
    this.ctx.fillRect(left, this.#rowOf(value), right - left, thickness)
  }

  /** CSS px of a value's line, on a whole device pixel. */
  #rowOf(value: number): number {
    const { currentDevicePixelRatio: ratio } = this.chart
    return Math.round((this.getPixelForValue(value) - 0.5) * ratio) / ratio
  }
}
