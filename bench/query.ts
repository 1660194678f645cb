// How long a phone waits for a graph: 400 buckets of min, mean and max of eight series over HTTP, for windows from an
// hour to five years, while a writer adds a round of 60 series every second.

import { execFileSync } from 'node:child_process'
import { binaryType } from '../common/buckets-binary.ts'
import { type BenchmarkContext, benchmark, type Row } from './support/benchmark.ts'
import { blocksOf } from './support/block.ts'
import { history, longCategories, windows } from './support/history.ts'
import { httpClient } from './support/http-client.ts'
import { closeAtRest, databaseFile, load, openOurs, project } from './support/ours.ts'
import { influxdb } from './support/peers/influxdb.ts'
import { netdata, netdataToldTier } from './support/peers/netdata-history.ts'
import { howToInstall, type Peer, type PeerQuery, type RunningPeer } from './support/peers/peer.ts'
import { prometheus } from './support/peers/prometheus.ts'
import { sqliteRows } from './support/peers/sqlite-rows.ts'
import { victoriaMetrics } from './support/peers/victoria-metrics.ts'
import { realisticRounds, seriesOf } from './support/rounds.ts'
import { startGenerator } from './support/run-generator.ts'
import { removeFolder, scratchFolder } from './support/scratch.ts'
import { type RunningServer, startServer } from './support/server-process.ts'
import { median } from './support/statistics.ts'
import { shifted, type Timing, timeQueries } from './support/time-queries.ts'

/** By name of the window. */
type Timings = Map<string, Timing>

const [category] = longCategories
const hundredYears = 100 * 365 * 86_400
const coldStarts = 5
const peers = [victoriaMetrics, netdata, netdataToldTier, influxdb, prometheus, sqliteRows]

export default benchmark({
  help: '400 buckets x 8 series over HTTP against the peers, windows from an hour to five years',
  async run(context) {
    const end = Math.floor(Date.now() / 60_000) * 60_000
    const { packed, json, coldMs } = await measureOurs(end, context)
    const theirs = new Map<string, Timings>()
    for (const peer of peers) {
      if (peer.installed()) theirs.set(peer.name, await measurePeer(peer, end, context))
      else context.say(howToInstall(peer))
    }
    return [...windowRows(packed, theirs), ...jsonRows(json, packed), ...shapeRows(packed, coldMs)]
  },
})

/** As the app asks, which is packed, and as JSON. */
async function measureOurs(
  end: number,
  context: BenchmarkContext,
): Promise<{ packed: Timings; json: Timings; coldMs: number }> {
  const folder = scratchFolder('query')
  const store = openOurs(folder, 1)
  const began = performance.now()
  const points = load(store, history(end, context.scaled(1000) / 1000))
  closeAtRest(store, folder)
  context.say(`ours: ${points} points loaded in ${Math.round((performance.now() - began) / 1000)} s`)

  const colds: number[] = []
  for (let i = 0; i < coldStarts; i++) colds.push(await firstQuery(folder, end))
  context.say(`first query after a start: ${colds.map((ms) => ms.toFixed(0)).join(', ')} ms`)

  const server = await startServer(folder)
  const generator = startGenerator({
    folder,
    warmSeconds: 0,
    seconds: 86_400,
    maxAgeSeconds: hundredYears,
    isWatched: true,
    virtualStart: null,
  })
  const packed = await timeWindows('ours', askOurs(server), end, context)
  const json = await timeWindows('ours as JSON', askOurs(server, 'application/json'), end, context)
  await Promise.all([generator.stop(), server.stop()])
  removeFolder(folder)
  return { packed, json, coldMs: median(colds) }
}

/** A year of eight series asked of a server that has just started and whose file is not in memory. */
async function firstQuery(folder: string, end: number): Promise<number> {
  forgetFile(databaseFile(folder))
  const server = await startServer(folder)
  const ms = await askOurs(server)(shifted(category, 365 * 86_400_000, end, 0))
  await server.stop()
  return ms
}

/** dd with nocache and no count asks the kernel to give up the file's cached pages, see dd(1). */
function forgetFile(file: string): void {
  execFileSync('sync', [file])
  execFileSync('dd', ['of=/dev/null', `if=${file}`, 'iflag=nocache', 'count=0', 'status=none'])
}

function askOurs(
  { port }: RunningServer,
  accept: string = binaryType,
): (query: PeerQuery) => Promise<number> {
  const client = httpClient(port)
  return async ({ category: asked, from, to }) => {
    const parameters = { project, category: asked, from: `${from}`, to: `${to}`, buckets: '400' }
    return (await client.get(`/api/v1/query?${new URLSearchParams(parameters)}`, { accept })).ms
  }
}

async function measurePeer(peer: Peer, end: number, context: BenchmarkContext): Promise<Timings> {
  const folder = scratchFolder('query')
  const running = await peer.start(folder)
  const began = performance.now()
  // The naive table would take hours to fill and minutes to answer for more than a day.
  const naive = peer === sqliteRows
  for (const block of history(end, context.scaled(1000) / 1000)) {
    if (!naive || (block.times[0] ?? 0) >= end - 86_400_000) await running.write(block)
  }
  await running.settle()
  context.say(`${peer.name}: loaded in ${Math.round((performance.now() - began) / 1000)} s`)
  const stopWriting = keepWriting(running)
  const timings = await timeWindows(peer.name, running.query, end, context, naive ? 2 : windows.length)
  stopWriting()
  await running.stop()
  removeFolder(folder)
  return timings
}

/** A round of 60 series every second; returns the way to stop. */
function keepWriting(running: RunningPeer): () => void {
  const from = Math.ceil(Date.now() / 1000) * 1000
  const blocks = blocksOf(seriesOf(), realisticRounds({ from, everyMs: 1000, rounds: 86_400 }), 1)
  const timer = setInterval(() => {
    const { value } = blocks.next()
    if (value) void running.write(value)
  }, 1000)
  return () => clearInterval(timer)
}

async function timeWindows(
  name: string,
  ask: (query: PeerQuery) => Promise<number>,
  end: number,
  context: BenchmarkContext,
  count: number = windows.length,
): Promise<Timings> {
  const timings: Timings = new Map()
  for (const { name: window, ms: windowMs } of windows.slice(0, count)) {
    const timing = await timeQueries(ask, { category, windowMs, end, queries: context.scaled(500, 10) })
    context.say(`${name}, ${window}: p50 ${timing.p50.toFixed(2)} ms, p99 ${timing.p99.toFixed(2)} ms`)
    timings.set(window, timing)
  }
  return timings
}

function windowRows(ours: Timings, theirs: ReadonlyMap<string, Timings>): Row[] {
  return windows.flatMap(({ name: window }) => {
    const own = ours.get(window)
    if (!own) return []
    const what = `query ${window} x 8 series`
    const p50 = peersAt(window, theirs, 'p50')
    const p99 = peersAt(window, theirs, 'p99')
    return [
      ...peerRows(`${what}, p50`, own.p50, p50, { atLeast: 3, want: 1.5 }),
      ...peerRows(`${what}, p99`, own.p99, p99.slice(0, 1), { atLeast: 10, want: 5 }),
    ]
  })
}

/** The same as JSON, for whoever is not the app. */
function jsonRows(json: Timings, packed: Timings): Row[] {
  return windows.flatMap(({ name: window }) => {
    const ours = json.get(window)?.p50
    const value = packed.get(window)?.p50
    if (ours === undefined || value === undefined) return []
    const what = `query ${window} x 8 series as JSON, p50`
    const targets = { atLeast: { value: 3 }, want: { value: 1.5 } }
    return [{ what, unit: 'ms', ours, reference: { name: 'packed', value }, ...targets }]
  })
}

interface PeerTime {
  name: string
  value: number
}

/** The times of all peers in one window, fastest first. */
function peersAt(window: string, theirs: ReadonlyMap<string, Timings>, which: keyof Timing): PeerTime[] {
  return [...theirs]
    .flatMap(([name, timings]) => {
      const value = timings.get(window)?.[which]
      return value === undefined ? [] : [{ name, value }]
    })
    .sort((a, b) => a.value - b.value)
}

/** A row a peer; one without a reference where there is none. */
function peerRows(
  what: string,
  ours: number,
  others: readonly PeerTime[],
  targets: { atLeast: number; want: number },
): Row[] {
  const row: Row = {
    what,
    unit: 'ms',
    ours,
    atLeast: { value: targets.atLeast, ratio: 1 },
    want: { value: targets.want, ratio: 1 },
  }
  return others.length > 0 ? others.map((reference) => ({ ...row, reference })) : [row]
}

function shapeRows(ours: Timings, coldMs: number): Row[] {
  const short = ours.get('1 h')?.p50 ?? Number.NaN
  const long = ours.get('5 y')?.p50 ?? Number.NaN
  return [
    {
      what: 'growth of the time with the window, p50',
      unit: 'ms',
      ours: long,
      reference: { name: 'our 1 h', value: short },
      atLeast: { ratio: 2 },
      want: { ratio: 1.1 },
    },
    {
      what: 'first query of a year x 8 series after a cold start',
      unit: 'ms',
      ours: coldMs,
      atLeast: { value: 150 },
      want: { value: 50 },
    },
  ]
}
