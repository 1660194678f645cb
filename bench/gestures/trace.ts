// What the main thread did in each frame, from Chromium's own trace: with software drawing nobody can judge by frames
// per second.

import type { Browser, Page } from 'playwright-core'

/** The few fields that are read; times in microseconds. See the Trace Event Format. */
interface TraceEvent {
  name: string
  ph: string
  ts: number
  dur?: number
  pid: number
  tid: number
  args?: { name?: string; data?: { type?: string } }
}

export interface Frames {
  /** Main-thread work of each frame, ms. */
  work: number[]
  /** Longest tasks, ms, longest first. */
  tasks: number[]
  /** Frames from the first touch to the first paint, both counted; NaN when nothing was painted. */
  framesToPaint: number
}

/** A task longer than this (ms) is a long one. */
export const longTaskMs = 50

const categories = ['disabled-by-default-devtools.timeline', 'devtools.timeline', 'devtools.timeline.frame']

/** What the main thread does last in every frame. */
const frameEnd = 'Commit'

/** Traces a page while `act` runs. */
export async function traceFrames(browser: Browser, page: Page, act: () => Promise<void>): Promise<Frames> {
  await browser.startTracing(page, { categories })
  await act()
  const { traceEvents } = JSON.parse(String(await browser.stopTracing())) as { traceEvents: TraceEvent[] }
  return framesOf(traceEvents)
}

/** Frames of the busiest page in a trace. */
export function framesOf(events: readonly TraceEvent[]): Frames {
  const main = events
    .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
    .map(({ pid, tid }) => events.filter((event) => event.pid === pid && event.tid === tid))
    .reduce((busiest, own) => (own.length > busiest.length ? own : busiest), [])
    .toSorted((a, b) => a.ts - b.ts)
  const ends = main.filter(({ name }) => name === frameEnd).map(({ ts }) => ts)
  const tasks = main.filter(({ name, ph }) => name === 'RunTask' && ph === 'X')
  const work = new Float64Array(ends.length)
  let frame = 0
  for (const { ts, dur = 0 } of tasks) {
    while (frame < ends.length && (ends[frame] as number) < ts) frame++
    if (frame < ends.length) work[frame] = (work[frame] ?? 0) + dur / 1000
  }
  return {
    work: [...work],
    tasks: tasks.map(({ dur = 0 }) => dur / 1000).toSorted((a, b) => b - a),
    framesToPaint: framesToPaint(main),
  }
}

/** Frames from the first touch to the one that paints something for it. */
function framesToPaint(main: readonly TraceEvent[]): number {
  const touched = main.findIndex(
    ({ name, args }) => name === 'EventDispatch' && args?.data?.type === 'pointerdown',
  )
  const after = touched < 0 ? [] : main.slice(touched)
  const painted = after.findIndex(({ name }) => name === 'Paint')
  return painted < 0 ? Number.NaN : 1 + after.slice(0, painted).filter(({ name }) => name === frameEnd).length
}
