// What wears out an SD card: the bytes that a generator of 60 series a second writes while nobody looks, beside those
// of netdata in the same minutes, and over a day of virtual time, in which everything happens that happens in a day.

import { setTimeout as pause } from 'node:timers/promises'
import { type BenchmarkContext, benchmark, type Row } from './support/benchmark.ts'
import { netdataIsInstalled, startNetdata } from './support/peers/netdata.ts'
import { howToInstall } from './support/peers/peer.ts'
import { runGenerator } from './support/run-generator.ts'
import { removeFolder, scratchFolder } from './support/scratch.ts'
import { writtenBytes } from './support/written-bytes.ts'

const daySeconds = 86_400
const maxAgeSeconds = 7 * daySeconds
/** Until new charts are noted and the first files made. */
const warmSeconds = 120

export default benchmark({
  help: 'bytes written to disk a day while nobody looks, against netdata',
  async run(context) {
    const seconds = context.scaled(600, 10)
    const warm = context.scaled(warmSeconds, 5)
    context.say(`measuring for ${Math.round((seconds + warm) / 60)} min; then a day in virtual time`)
    const [real, theirs] = await Promise.all([
      oursInRealTime(warm, seconds),
      netdataADay(warm, seconds, context),
    ])
    const virtual = await oursInVirtualTime(context)
    const target = { unit: 'MB', atLeast: { ratio: 1 }, want: { value: 150 } } as const
    return [
      { what: `written a day, idle, from ${seconds} s`, ours: real, reference: theirs, ...target },
      { what: 'written a day, idle, a virtual day', ours: virtual, reference: theirs, ...target },
    ]
  },
})

async function oursInRealTime(warm: number, seconds: number): Promise<number> {
  const folder = scratchFolder('idle')
  const run = { folder, warmSeconds: warm, seconds, maxAgeSeconds, isWatched: false, virtualStart: null }
  const costs = await runGenerator(run)
  removeFolder(folder)
  return (costs.writtenBytes / 1e6 / seconds) * daySeconds
}

async function oursInVirtualTime(context: BenchmarkContext): Promise<number> {
  const folder = scratchFolder('idle')
  const seconds = context.scaled(daySeconds, 600)
  const virtualStart = Math.floor(Date.now() / 1000) * 1000 - seconds * 1000
  const run = { folder, warmSeconds: 60, seconds, maxAgeSeconds, isWatched: false, virtualStart }
  const costs = await runGenerator(run)
  removeFolder(folder)
  return (costs.writtenBytes / 1e6 / seconds) * daySeconds
}

/**
 * Megabytes a day. It keeps pages of a quarter of an hour in memory; those that were not full in our minutes are
 * counted from what its end adds to its history, spread over its whole life.
 */
async function netdataADay(
  warm: number,
  seconds: number,
  context: BenchmarkContext,
): Promise<Row['reference']> {
  if (!netdataIsInstalled()) {
    context.say(howToInstall({ name: 'netdata', package: 'netdata' }))
    return undefined
  }
  const running = await startNetdata(scratchFolder('netdata'))
  await pause(warm * 1000)
  const before = writtenBytes(running.pid)
  await pause(seconds * 1000)
  const steady = writtenBytes(running.pid) - before
  const dimensions = await running.dimensions()
  const history = running.historyBytes()
  await running.stop()
  const atEnd = running.historyBytes() - history
  const perSecond = steady / seconds + atEnd / (warm + seconds)
  const megabytes = (perSecond * daySeconds) / 1e6
  context.say(`netdata: ${megabytes.toFixed(0)} MB a day for ${dimensions} series`)
  return { name: `netdata (${dimensions} series)`, value: megabytes }
}
