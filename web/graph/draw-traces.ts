// Draws min-max bands and mean lines straight from the columns: this is where nearly all of a redraw's time goes, so
// it works on plain numbers, touches no object per point, and asks the canvas only for what it does fast: hairlines.
// A stroke two pixels wide takes it ten times as long as three hairlines side by side, and an area with a ragged edge
// ten times as long as the upright hairlines that fill it.

/** CSS px: thickness of lines, radius of points without a neighbour, room above and below the plot for half a line. */
const lineWidth = 1.25
const pickedWidth = 2.25
const dotRadius = 1.75
export const overhang = 2

/** Lines and gaps, CSS px, by pattern. */
const dashes: readonly (readonly number[])[] = [[], [7, 3], [2, 3], [8, 3, 2, 3]]

type Context = OffscreenCanvasRenderingContext2D

/** The buckets of one series that are to be drawn; NaN where there are none. */
export interface DrawnTrace {
  readonly color: string
  readonly min: Float64Array
  readonly mean: Float64Array
  readonly max: Float64Array
  /** Neighbours further apart than this many buckets have a gap between them. */
  readonly reach: number
  /** Whether any bucket's least and greatest differ. */
  readonly banded: boolean
  /** Which pattern of dashes tells it from others of its colour; 0: a whole line. */
  readonly dash: number
  /** Drawn thicker, over all others. */
  readonly picked: boolean
}

export interface TraceJob {
  readonly traces: readonly DrawnTrace[]
  /** Device px from the sheet's left edge to the first bucket, from one to the next, and those of a millisecond. */
  readonly x0: number
  readonly dx: number
  readonly perMs: number
  readonly pixelRatio: number
  /** CSS px. */
  readonly plotHeight: number
  /** Values at the plot's lower and upper edge. */
  readonly min: number
  readonly max: number
  readonly bandOpacity: number
}

/** From bucket index and value to device pixels: x = x0 + i * dx, y = y0 + value * dy. */
interface Place {
  readonly x0: number
  readonly dx: number
  readonly y0: number
  readonly dy: number
}

/** Draws all series of a job over a sheet that begins an overhang above the plot. */
export function drawTraces(ctx: Context, job: TraceJob): void {
  const { traces, x0, dx, pixelRatio, plotHeight, min, max } = job
  const dy = (-plotHeight * pixelRatio) / (max - min)
  const place = { x0, dx, y0: (overhang + plotHeight) * pixelRatio - min * dy, dy }
  ctx.lineWidth = 1
  ctx.globalAlpha = job.bandOpacity
  for (const trace of traces) if (trace.banded) drawBand(ctx, trace, place, pixelRatio)
  ctx.globalAlpha = 1
  for (const trace of traces.toReversed()) if (!trace.picked) drawLine(ctx, trace, place, pixelRatio)
  for (const trace of traces) if (trace.picked) drawLine(ctx, trace, place, pixelRatio)
}

/**
 * Draws the area from least to greatest, an upright hairline for each column of device pixels. Between buckets the
 * edges run straight; within half a CSS px of a bucket the area reaches as far as the bucket does, so that no spike is
 * too thin to be seen.
 */
function drawBand(ctx: Context, trace: DrawnTrace, place: Place, pixelRatio: number): void {
  // Buckets thinner than a column, in a window that was just zoomed out, fill one each.
  const isThin = place.dx < 1
  const half = isThin ? 0.5 : pixelRatio / 2
  const fill = (from: number | null, to: number | null) => fillBetween(ctx, trace, from, to, place, half)
  ctx.strokeStyle = trace.color
  ctx.beginPath()
  let before: number | null = null
  for (let i = 0; i < trace.max.length; i++) {
    if (Number.isNaN(trace.max[i])) continue
    if (before !== null && i - before <= trace.reach && !isThin) fill(before, i)
    else {
      if (before !== null) fill(before, null)
      fill(null, i)
    }
    before = i
  }
  if (before !== null) fill(before, null)
  ctx.stroke()
}

/** Adds the columns from one bucket up to the next; only those within `half` px of the one when the other is null. */
function fillBetween(
  ctx: Context,
  { min, max }: DrawnTrace,
  from: number | null,
  to: number | null,
  { x0, dx, y0, dy }: Place,
  half: number,
): void {
  const [a, b] = [from ?? to ?? 0, to ?? from ?? 0]
  const start = x0 + a * dx - (from === null ? half : 0)
  const end = x0 + b * dx + (to === null ? half : 0)
  const [highA, highB] = [y0 + (max[a] as number) * dy, y0 + (max[b] as number) * dy]
  const [lowA, lowB] = [y0 + (min[a] as number) * dy, y0 + (min[b] as number) * dy]
  for (let x = Math.ceil(start - 0.5) + 0.5; x < end; x++) {
    const share = (x - start) / (end - start)
    let high = highA + (highB - highA) * share
    let low = lowA + (lowB - lowA) * share
    if (x - start < half) [high, low] = [Math.min(high, highA), Math.max(low, lowA)]
    if (end - x < half) [high, low] = [Math.min(high, highB), Math.max(low, lowB)]
    ctx.moveTo(x, high)
    ctx.lineTo(x, low)
  }
}

function drawLine(ctx: Context, trace: DrawnTrace, place: Place, pixelRatio: number): void {
  const path = new Path2D()
  const alone = traceLine(path, trace, place)
  ctx.strokeStyle = trace.color
  ctx.setLineDash((dashes[trace.dash % dashes.length] ?? []).map((length) => length * pixelRatio))
  if (trace.picked) strokeWhole(ctx, path, pickedWidth * pixelRatio)
  else strokeThick(ctx, path, lineWidth * pixelRatio)
  ctx.setLineDash([])
  ctx.fillStyle = trace.color
  for (const i of alone) {
    ctx.beginPath()
    const y = place.y0 + (trace.mean[i] as number) * place.dy
    ctx.arc(place.x0 + i * place.dx, y, dotRadius * pixelRatio, 0, 2 * Math.PI)
    ctx.fill()
  }
}

/** Adds the line of the means to `path` and returns the buckets that have no neighbour to be joined to. */
function traceLine(path: Path2D, { mean, reach }: DrawnTrace, { x0, dx, y0, dy }: Place): number[] {
  const alone: number[] = []
  let before = Number.NEGATIVE_INFINITY
  let joined = true
  for (let i = 0; i < mean.length; i++) {
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
function strokeThick(ctx: Context, path: Path2D, width: number): void {
  const reach = (width - 1) / 2
  for (const [x, y] of around) {
    ctx.setTransform(1, 0, 0, 1, x * reach, y * reach)
    ctx.stroke(path)
  }
  ctx.setTransform(1, 0, 0, 1, 0, 0)
}

/** Draws a path as thick as it is asked for, in many times the time: for one line. */
function strokeWhole(ctx: Context, path: Path2D, width: number): void {
  ctx.lineWidth = width
  ctx.lineJoin = 'round'
  ctx.stroke(path)
  ctx.lineWidth = 1
  ctx.lineJoin = 'miter'
}
