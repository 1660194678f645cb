// The value axis: Chart.js' linear scale over a range that the graph decides, with few round ticks, a fixed width so
// that all graphs stand in line, its unit once, and the lines of the declared limits.

import { type ChartArea, LinearScale, type Tick } from 'chart.js'
import { formatNumber, shownUnit } from '../../common/units.ts'
import { paintOf } from './paint.ts'
import { valueStep, valueTicks } from './value-range.ts'

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
    const hairline = 1 / this.chart.currentDevicePixelRatio
    ctx.save()
    ctx.fillStyle = theme.grid
    for (const { value } of ticks) {
      ctx.fillRect(area.left, this.getPixelForValue(value) - hairline / 2, area.right - area.left, hairline)
    }
    this.#drawLimits(area, hairline)
    ctx.font = theme.font
    ctx.fillStyle = theme.text
    ctx.textAlign = 'right'
    ctx.textBaseline = 'middle'
    for (const { value, label } of ticks)
      ctx.fillText(String(label), area.left - 6, this.getPixelForValue(value))
    this.#drawUnit(unit, area)
    ctx.restore()
  }

  #drawUnit(unit: string, { left, top }: ChartArea): void {
    const { symbol } = shownUnit(unit, Math.max(Math.abs(this.min), Math.abs(this.max)))
    this.ctx.textAlign = 'left'
    this.ctx.fillText(symbol, left + 4, top - 7)
  }

  #drawLimits({ left, right }: ChartArea, hairline: number): void {
    const { ctx } = this
    const { theme, model } = paintOf(this.chart)
    for (const { value, color } of model.limitLines) {
      if (value < this.min || value > this.max) continue
      ctx.fillStyle = color ?? theme.limit
      ctx.fillRect(left, this.getPixelForValue(value) - hairline, right - left, 2 * hairline)
    }
  }
}
