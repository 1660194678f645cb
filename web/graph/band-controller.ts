// Chart.js builds an object per point and updates them all on every change; that is most of what it spends its time
// on. This controller has no elements at all and draws all series of a graph from their columns.

import { type Chart, DatasetController, Element } from 'chart.js'
import { drawDots, type Place, traceBand, traceLine } from './draw-traces.ts'
import { paintOf } from './paint.ts'

const lineWidth = 1.5

/** Chart.js wants a class for the elements that this controller never makes. */
export class NoElement extends Element {
  static readonly id = 'none'
  static override defaults = {}
}

export class BandController extends DatasetController<'band'> {
  static readonly id = 'band'
  static readonly defaults = {
    datasetElementType: false,
    dataElementType: NoElement.id,
    parsing: false,
    animation: false,
  }

  override addElements(): void {}
  override buildOrUpdateElements(): void {}
  override update(): void {}

  override draw(): void {
    const { chart } = this
    const { model, theme, revealed } = paintOf(chart)
    const { x, y } = chart.scales
    if (!x || !y || !model.data) return
    const [first, last] = model.visible(x.min, Math.min(x.max, revealed))
    const place = placeOf(chart, model.firstTime, model.data.stepMs)
    const { ctx } = chart
    ctx.save()
    clip(ctx, chart, x.getPixelForValue(Math.min(revealed, x.max)))
    ctx.lineWidth = lineWidth
    ctx.lineJoin = 'round'
    ctx.globalAlpha = theme.bandOpacity
    for (const { color, columns, reach, banded } of model.traces) {
      if (!banded) continue
      ctx.fillStyle = color
      ctx.beginPath()
      traceBand(ctx, columns, { first, last, reach }, place)
      ctx.fill()
    }
    ctx.globalAlpha = 1
    for (const { color, columns, reach } of model.traces.toReversed()) {
      ctx.strokeStyle = color
      ctx.beginPath()
      const alone = traceLine(ctx, columns, { first, last, reach }, place)
      ctx.stroke()
      ctx.fillStyle = color
      drawDots(ctx, columns, alone, place)
    }
    ctx.restore()
  }
}

function placeOf(chart: Chart, firstTime: number, stepMs: number): Place {
  const { x, y } = chart.scales
  if (!x || !y) return { x0: 0, dx: 0, y0: 0, dy: 0 }
  const perMs = x.width / (x.max - x.min)
  const dy = -y.height / (y.max - y.min)
  return { x0: x.left + (firstTime - x.min) * perMs, dx: stepMs * perMs, y0: y.bottom - y.min * dy, dy }
}

/** Sideways to the plot and to what is revealed; up and down with room for a line on the edge. */
function clip(ctx: CanvasRenderingContext2D, { chartArea }: Chart, right: number): void {
  const { left, top, bottom } = chartArea
  ctx.beginPath()
  ctx.rect(left, top - lineWidth, Math.max(0, right - left), bottom - top + 2 * lineWidth)
  ctx.clip()
}
