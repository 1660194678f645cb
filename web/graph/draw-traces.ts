// Draws min-max bands and mean lines straight from the columns: this is where nearly all of a redraw's time goes, so
// it works on plain numbers, touches no object per point, and asks the canvas only for what it does fast: whole-pixel
// rectangles for bands and hairlines for lines. A stroke two pixels wide takes it ten times as long as three hairlines
// side by side, and an area with a ragged edge five times as long as its columns.

import type { GraphColumns, GraphModel, Trace } from './model.ts'
import type { Sheet } from './sliding-canvas.ts'
import type { GraphTheme } from './theme.ts'
import type { ValueRange } from './value-range.ts'

/** CSS px: thickness of lines, radius of points without a neighbour, room above and below the plot for half a line. */
const lineWidth = 1.25
const dotRadius = 1.75
export const overhang = 2

/** Buckets broader than this (device px) are few enough for a smooth outline of the band. */
const broad = 6

/** From bucket index and value to device pixels: x = x0 + i * dx, y = y0 + value * dy; buckets [first, last]. */
interface Place {
  readonly first: number
  readonly last: number
  readonly x0: number
  readonly dx: number
  readonly y0: number
  readonly dy: number
}

/** Draws all visible series of a graph over a sheet of `height` CSS px plot and the overhang on both sides. */
export function drawTraces(
  { ctx, from, to, perMs, pixelRatio }: Sheet,
  {
    model,
    theme,
    range,
    height,
  }: { model: GraphModel; theme: GraphTheme; range: ValueRange; height: number },
): void {
  const [first, last] = model.visible(from, to)
  const dy = (-height * pixelRatio) / (range.max - range.min)
  const place = {
    first,
    last,
    x0: (model.firstTime - from) * perMs,
    dx: (model.data?.stepMs ?? 1) * perMs,
    y0: (overhang + height) * pixelRatio - range.min * dy,
    dy,
  }
  ctx.globalAlpha = theme.bandOpacity
  for (const trace of model.traces) {
    ctx.fillStyle = trace.color
    if (trace.banded && place.dx < broad) fillColumns(ctx, trace.columns, place)
    else if (trace.banded) fillOutline(ctx, trace, place)
  }
  ctx.globalAlpha = 1
  for (const trace of model.traces.toReversed()) drawLine(ctx, trace, place, pixelRatio)
}

/** Fills from least to greatest, a column of whole pixels a bucket. */
function fillColumns(
  ctx: CanvasRenderingContext2D,
  { min, max }: GraphColumns,
  { first, last, x0, dx, y0, dy }: Place,
): void {
  const start = x0 - dx / 2
  for (let i = first; i <= last; i++) {
    const high = max[i] as number
    const low = min[i] as number
    if (!(high > low)) continue
    const left = Math.round(start + i * dx)
    const width = Math.max(1, Math.round(start + (i + 1) * dx) - left)
    const top = Math.round(y0 + high * dy)
    ctx.fillRect(left, top, width, Math.max(1, Math.round(y0 + low * dy) - top))
  }
}

/** Fills from least to greatest, one smooth area between gaps. */
function fillOutline(ctx: CanvasRenderingContext2D, { columns, reach }: Trace, place: Place): void {
  let start = -1
  let before = -1
  for (let i = place.first; i <= place.last; i++) {
    if (Number.isNaN(columns.max[i])) continue
    if (start < 0 || i - before > reach) {
      if (start >= 0) fillPiece(ctx, columns, start, before, place)
      start = i
    }
    before = i
  }
  if (start >= 0) fillPiece(ctx, columns, start, before, place)
}

function fillPiece(
  ctx: CanvasRenderingContext2D,
  { min, max }: GraphColumns,
  start: number,
  end: number,
  { x0, dx, y0, dy }: Place,
): void {
  if (start === end) {
    const [high, low] = [y0 + (max[start] as number) * dy, y0 + (min[start] as number) * dy]
    ctx.fillRect(Math.round(x0 + start * dx) - 2, high, 4, low - high)
    return
  }
  ctx.beginPath()
  for (let i = start; i <= end; i++) {
    if (!Number.isNaN(max[i])) ctx.lineTo(x0 + i * dx, y0 + (max[i] as number) * dy)
  }
  for (let i = end; i >= start; i--) {
    if (!Number.isNaN(min[i])) ctx.lineTo(x0 + i * dx, y0 + (min[i] as number) * dy)
  }
  ctx.fill()
}

function drawLine(ctx: CanvasRenderingContext2D, trace: Trace, place: Place, pixelRatio: number): void {
  const path = new Path2D()
  const alone = traceLine(path, trace, place)
  ctx.strokeStyle = trace.color
  strokeThick(ctx, path, lineWidth * pixelRatio)
  ctx.fillStyle = trace.color
  for (const i of alone) {
    ctx.beginPath()
    const y = place.y0 + (trace.columns.mean[i] as number) * place.dy
    ctx.arc(place.x0 + i * place.dx, y, dotRadius * pixelRatio, 0, 2 * Math.PI)
    ctx.fill()
  }
}

/** Adds the line of the means to `path` and returns the buckets that have no neighbour to be joined to. */
function traceLine(
  path: Path2D,
  { columns: { mean }, reach }: Trace,
  { first, last, x0, dx, y0, dy }: Place,
): number[] {
  const alone: number[] = []
  let before = Number.NEGATIVE_INFINITY
  let joined = true
  for (let i = first; i <= last; i++) {
    const value = mean[i] as number
    if (Number.isNaN(value)) continue
    if (i - before <= reach) {
      path.lineTo(x0 + i * dx, y0 + value * dy)
      joined = true
    } else {
      if (!joined) alone.push(before)
      path.moveTo(x0 + i * dx, y0 + value * dy)
      joined = false
    }
    before = i
  }
  if (!joined) alone.push(before)
  return alone
}

/** Three points around a centre: apart enough in every direction, near enough to leave no gap between hairlines. */
const around = [
  [-0.95, 0.5],
  [0.95, 0.5],
  [0, -0.95],
] as const

/** Draws a path about `width` device px (1 to 4) thick, as hairlines around it. */
function strokeThick(ctx: CanvasRenderingContext2D, path: Path2D, width: number): void {
  ctx.lineWidth = 1
  const reach = (width - 1) / 2
  for (const [x, y] of around) {
    ctx.setTransform(1, 0, 0, 1, x * reach, y * reach)
    ctx.stroke(path)
  }
  ctx.setTransform(1, 0, 0, 1, 0, 0)
}
