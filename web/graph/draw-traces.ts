// Draws min-max bands and mean lines straight from the columns: this is where nearly all of a redraw's time goes, so
// it works on plain numbers and touches no object per point.

import type { GraphColumns } from './model.ts'

/** From bucket index and value to pixels: x = x0 + i * dx, y = y0 + value * dy. */
export interface Place {
  readonly x0: number
  readonly dx: number
  readonly y0: number
  readonly dy: number
}

/** Buckets [first, last] are drawn; those more than `reach` apart have a gap between them. */
export interface Stretch {
  readonly first: number
  readonly last: number
  readonly reach: number
}

/** Radius of a point that has no neighbour, CSS px. */
const dotRadius = 1.75

/** Adds the area between least and greatest to the context's path, one piece between gaps. */
export function traceBand(
  ctx: CanvasRenderingContext2D,
  { min, max }: GraphColumns,
  { first, last, reach }: Stretch,
  { x0, dx, y0, dy }: Place,
): void {
  let start = -1
  let before = -1
  for (let i = first; i <= last + 1; i++) {
    const value = i <= last ? (max[i] as number) : Number.NaN
    const present = !Number.isNaN(value)
    if (before >= 0 && (i > last || (present && i - before > reach))) {
      for (let back = before; back >= start; back--) {
        const low = min[back] as number
        if (!Number.isNaN(low)) ctx.lineTo(x0 + back * dx, y0 + low * dy)
      }
      ctx.closePath()
      before = -1
    }
    if (!present) continue
    if (before < 0) {
      start = i
      ctx.moveTo(x0 + i * dx, y0 + value * dy)
    } else ctx.lineTo(x0 + i * dx, y0 + value * dy)
    before = i
  }
}

/** Adds the line of the means to the context's path and returns the buckets that have no neighbour to be joined to. */
export function traceLine(
  ctx: CanvasRenderingContext2D,
  { mean }: GraphColumns,
  { first, last, reach }: Stretch,
  { x0, dx, y0, dy }: Place,
): number[] {
  const alone: number[] = []
  let before = Number.NEGATIVE_INFINITY
  let joined = true
  for (let i = first; i <= last; i++) {
    const value = mean[i] as number
    if (Number.isNaN(value)) continue
    if (i - before <= reach) {
      ctx.lineTo(x0 + i * dx, y0 + value * dy)
      joined = true
    } else {
      if (!joined) alone.push(before)
      ctx.moveTo(x0 + i * dx, y0 + value * dy)
      joined = false
    }
    before = i
  }
  if (!joined) alone.push(before)
  return alone
}

/** Draws the buckets that stand alone: a dot at the mean, and an upright line where least and greatest differ. */
export function drawDots(
  ctx: CanvasRenderingContext2D,
  { min, mean, max }: GraphColumns,
  alone: readonly number[],
  { x0, dx, y0, dy }: Place,
): void {
  for (const i of alone) {
    const x = x0 + i * dx
    ctx.beginPath()
    ctx.arc(x, y0 + (mean[i] as number) * dy, dotRadius, 0, 2 * Math.PI)
    ctx.fill()
    if (max[i] === min[i]) continue
    ctx.beginPath()
    ctx.moveTo(x, y0 + (min[i] as number) * dy)
    ctx.lineTo(x, y0 + (max[i] as number) * dy)
    ctx.stroke()
  }
}
