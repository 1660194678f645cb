// Paints what slides of a graph: grid, bands, lines, labels of the time axis. It knows neither page nor chart, only
// plain data, so that another thread can do it while the fingers have the page's own.

import { drawTraces, overhang, type TraceJob } from './draw-traces.ts'
import { fontSize } from './font-size.ts'
import { tickLabel } from './time-labels.ts'
import { type TickStep, ticksBetween } from './time-ticks.ts'

export type SheetContext = OffscreenCanvasRenderingContext2D

/** A sheet over [from, to) in ms: `width` x `height` device px, of which a plot and its overhangs are the upper part. */
export interface SheetJob extends TraceJob {
  readonly from: number
  readonly to: number
  readonly width: number
  readonly height: number
  readonly step: TickStep
  readonly grid: string
  readonly text: string
  /** CSS font family of the labels. */
  readonly family: string
  /** Rows (device px) that stay clear, for the lines of limits behind the sheet, and how high each is. */
  readonly clearRows: readonly number[]
  readonly clearHeight: number
  /** Stretches (device px from the sheet's left edge) into which no label may reach, so that none is seen in part. */
  readonly unlabelled: readonly (readonly [number, number])[]
}

/** Height of the time axis, CSS px. */
export const timeAxisHeight = 20

/** Paints a job over a context of its size. */
export function paintSheet(ctx: SheetContext, job: SheetJob): void {
  ctx.clearRect(0, 0, job.width, job.height)
  paintGrid(ctx, job)
  for (const y of job.clearRows) ctx.clearRect(0, y, job.width, job.clearHeight)
  drawTraces(ctx, job)
  paintLabels(ctx, job)
}

/** A thin upright line for each tick, a thicker one where a day begins. */
function paintGrid(
  ctx: SheetContext,
  { from, to, perMs, pixelRatio, step, grid, plotHeight }: SheetJob,
): void {
  const thin = Math.max(1, Math.floor(pixelRatio / 2))
  const height = Math.round((plotHeight + 2 * overhang) * pixelRatio)
  ctx.fillStyle = grid
  for (const time of ticksBetween(from, to, step)) {
    const width = tickLabel(time, step).major ? 2 * thin : thin
    ctx.fillRect(Math.round((time - from) * perMs - width / 2), 0, width, height)
  }
}

function paintLabels(ctx: SheetContext, job: SheetJob): void {
  const { from, to, perMs, pixelRatio, step, text, family, height } = job
  ctx.font = `${fontSize * pixelRatio}px ${family}`
  ctx.textAlign = 'center'
  ctx.textBaseline = 'middle'
  ctx.fillStyle = text
  const y = height - (timeAxisHeight / 2 - 2) * pixelRatio
  for (const time of ticksBetween(from, to, step)) {
    const words = tickLabel(time, step).text
    const x = (time - from) * perMs
    const half = ctx.measureText(words).width / 2
    if (job.unlabelled.some(([start, end]) => x + half > start && x - half < end)) continue
    ctx.fillText(words, x, y)
  }
}

let sheet: { canvas: OffscreenCanvas; ctx: SheetContext } | undefined

/** Paints a job as a bitmap of its own. */
export function paintBitmap(job: SheetJob): ImageBitmap {
  if (sheet?.canvas.width !== job.width || sheet.canvas.height !== job.height) {
    const canvas = new OffscreenCanvas(job.width, job.height)
    const ctx = canvas.getContext('2d')
    if (!ctx) throw new Error('this browser draws no canvas')
    sheet = { canvas, ctx }
  }
  paintSheet(sheet.ctx, job)
  return sheet.canvas.transferToImageBitmap()
}
