// How graphs feel under the finger on a cheap phone: main-thread work a frame while they are pinched, panned and
// scrubbed, beside uPlot with the same buckets and the same fingers; and what opening the app costs there.

import type { Browser } from 'playwright-core'
import { launch } from './gestures/browser.ts'
import { type Measured, measureApp, measureReference } from './gestures/drawing.ts'
import { type Loading, load } from './gestures/loading.ts'
import { fillMachine } from './gestures/machine.ts'
import { longTaskMs } from './gestures/trace.ts'
import { liveBytesAnHour } from './gestures/wire.ts'
import { type BenchmarkContext, benchmark, type Row } from './support/benchmark.ts'
import { removeFolder, scratchFolder } from './support/scratch.ts'
import { startServer } from './support/server-process.ts'
import { median, quantile } from './support/statistics.ts'

const gestureMs = 6000
const loads = 5
const wireSeconds = 60

const targets = {
  pinch: { atLeast: { value: 16, ratio: 0.7 }, want: { value: 8, ratio: 0.35 } },
  pan: { atLeast: { value: 16, ratio: 0.7 }, want: { value: 8, ratio: 0.35 } },
  scrub: { atLeast: { value: 8, ratio: 0.5 }, want: { value: 3, ratio: 0.2 } },
} as const

const names = ['pinch', 'pan', 'scrub'] as const

export default benchmark({
  help: 'main-thread work a frame under the finger on a slow phone, beside uPlot; opening the app there',
  async run(context) {
    const folder = scratchFolder('gestures')
    const end = Math.floor(Date.now() / 5000) * 5000
    fillMachine(folder, end)
    const server = await startServer(folder)
    const url = `http://localhost:${server.port}/`
    const browser = await launch()
    const ms = context.scaled(gestureMs, 500)
    const { measured: ours, reference } = await measureApp(browser, { url, end, ms })
    const theirs = await measureReference(browser, reference, ms)
    tell(ours, theirs, context)
    const opened = await openOften(browser, url, context)
    await server.stop()
    removeFolder(folder)
    const wire = await liveBytesAnHour(browser, context.scaled(wireSeconds, 30))
    await browser.close()
    return [
      ...names.map((name) => frameRow(name, ours, theirs)),
      ...restRows(ours),
      ...openingRows(opened),
      wireRow(wire),
    ]
  },
})

function tell(ours: Measured, theirs: Measured, context: BenchmarkContext): void {
  for (const [who, measured] of Object.entries({ ours, uPlot: theirs })) {
    for (const name of names) {
      const { work, tasks } = measured[name]
      const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => quantile(work, share).toFixed(1))
      const long = tasks.slice(0, 5).map((ms) => ms.toFixed(0))
      context.say(
        `${who}, ${name}: p50 ${p50}, p95 ${p95}, p99 ${p99} ms in ${work.length} frames; longest tasks ${long}`,
      )
    }
  }
}

function frameRow(name: (typeof names)[number], ours: Measured, theirs: Measured): Row {
  const p95 = (measured: Measured): number => quantile(measured[name].work, 0.95)
  return {
    what: `work a frame while ${name === 'scrub' ? 'scrubbing' : name === 'pan' ? 'panning' : 'pinching'}, p95`,
    unit: 'ms',
    ours: p95(ours),
    reference: { name: 'uPlot', value: p95(theirs) },
    ...targets[name],
  }
}

function restRows(ours: Measured): Row[] {
  const long = names.reduce(
    (sum, name) => sum + ours[name].tasks.filter((task) => task > longTaskMs).length,
    0,
  )
  const frames = Math.max(...names.map((name) => ours[name].framesToPaint))
  return [
    {
      ...{ what: `tasks over ${longTaskMs} ms in all gestures`, unit: '', ours: long },
      ...{ atLeast: { value: 0 }, want: { value: 0 } },
    },
    {
      ...{ what: 'finger down to first paint', unit: 'frames', ours: frames },
      ...{ atLeast: { value: 2 }, want: { value: 1 } },
    },
  ]
}

async function openOften(browser: Browser, url: string, context: BenchmarkContext): Promise<Loading> {
  const opened: Loading[] = []
  for (let n = 0; n < context.scaled(loads); n++) opened.push(await load(browser, url))
  const middle = (of: keyof Loading): number => median(opened.map((one) => one[of]))
  return {
    firstPaint: middle('firstPaint'),
    firstGraph: middle('firstGraph'),
    scriptsBefore: middle('scriptsBefore'),
    scripts: middle('scripts'),
  }
}

function openingRows({ firstPaint, firstGraph, scriptsBefore, scripts }: Loading): Row[] {
  const row = (what: string, unit: string, ours: number, least: number, want: number): Row => ({
    ...{ what, unit, ours, atLeast: { value: least }, want: { value: want } },
  })
  return [
    row('JavaScript before the first paint, gzip', 'kB', scriptsBefore / 1000, 40, 25),
    row('JavaScript of the main screen, gzip', 'kB', scripts / 1000, 140, 100),
    row('first contentful paint, cold', 's', firstPaint / 1000, 0.8, 0.6),
    row('first graph with data, cold', 's', firstGraph / 1000, 2, 1.2),
  ]
}

const wireRow = (bytes: number): Row => ({
  ...{ what: 'an hour live at the socket, 10 cards, every second', unit: 'MB', ours: bytes / 1e6 },
  ...{ atLeast: { value: 1.5 }, want: { value: 0.5 } },
})
