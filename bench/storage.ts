// Bytes per point on disk, levels and indexes included, after everything was flushed, merged and checkpointed: the
// same 60 series for all.

import { statSync } from 'node:fs'
import { type BenchmarkContext, benchmark, type Row } from './support/benchmark.ts'
import { type Block, blocksOf, pointCount } from './support/block.ts'
import { closeAtRest, databaseFile, load, openOurs } from './support/ours.ts'
import { influxdb } from './support/peers/influxdb.ts'
import { netdata } from './support/peers/netdata-history.ts'
import { howToInstall, type Peer } from './support/peers/peer.ts'
import { prometheus } from './support/peers/prometheus.ts'
import { sqliteRows } from './support/peers/sqlite-rows.ts'
import { victoriaMetrics } from './support/peers/victoria-metrics.ts'
import { realisticRounds, seriesOf } from './support/rounds.ts'
import { removeFolder, scratchFolder } from './support/scratch.ts'

interface Variant {
  what: string
  everyMs: number
  rounds: number
  jitterMs: number
}

const variants: readonly Variant[] = [
  { what: '24 h at 1 s', everyMs: 1000, rounds: 86_400, jitterMs: 0 },
  { what: '24 h at 1 s, times up to 24 ms late', everyMs: 1000, rounds: 86_400, jitterMs: 24 },
  { what: '30 d at 10 s', everyMs: 10_000, rounds: 259_200, jitterMs: 0 },
]
const peers = [victoriaMetrics, netdata, influxdb, prometheus, sqliteRows]
const roundsPerBlock = 100
/** The naive table is given this many rounds at most: what it takes per point does not change with more. */
const mostRoundsOfNaive = 3600

export default benchmark({
  help: 'bytes per point on disk against the peers, on the same points',
  async run(context) {
    const rows: Row[] = []
    for (const variant of variants) rows.push(...(await measure(variant, context)))
    return rows
  },
})

async function measure(variant: Variant, context: BenchmarkContext): Promise<Row[]> {
  const rounds = context.scaled(variant.rounds, 1000)
  const ours = oursPerPoint(variant, rounds)
  context.say(`${variant.what}: ours ${ours.toFixed(3)} B/point`)
  const what = `bytes per point, ${variant.what}`
  const rows: Row[] = []
  for (const peer of peers) {
    // It has no milliseconds.
    if (peer === netdata && variant.jitterMs > 0) continue
    if (!peer.installed()) {
      context.say(howToInstall(peer))
      continue
    }
    const theirs = await peerPerPoint(peer, variant, rounds)
    context.say(`${variant.what}: ${peer.name} ${theirs.toFixed(3)} B/point`)
    const row = { what, unit: 'B', ours, reference: { name: peer.name, value: theirs } }
    rows.push(peer === victoriaMetrics ? { ...row, atLeast: { ratio: 1 }, want: { ratio: 0.75 } } : row)
  }
  return rows.length > 0 ? rows : [{ what, unit: 'B', ours }]
}

function oursPerPoint(variant: Variant, rounds: number): number {
  const folder = scratchFolder('storage')
  const store = openOurs(folder, variant.everyMs / 1000)
  const points = load(store, blocks(variant, rounds))
  closeAtRest(store, folder)
  const bytes = statSync(databaseFile(folder)).size
  removeFolder(folder)
  return bytes / points
}

async function peerPerPoint(peer: Peer, variant: Variant, allRounds: number): Promise<number> {
  const rounds = peer === sqliteRows ? Math.min(allRounds, mostRoundsOfNaive) : allRounds
  const folder = scratchFolder('storage')
  const running = await peer.start(folder)
  let points = 0
  for (const block of blocks(variant, rounds)) {
    await running.write(block)
    points += pointCount(block)
  }
  await running.settle()
  const bytes = await running.bytes()
  await running.stop()
  removeFolder(folder)
  return bytes / points
}

/** Days in the recent past: peers refuse the future, and some of them what is too old. */
function blocks({ everyMs, jitterMs }: Variant, rounds: number): Generator<Block> {
  const day = 86_400_000
  const from = Math.floor(Date.now() / day) * day - Math.ceil((rounds * everyMs) / day) * day
  return blocksOf(seriesOf(), realisticRounds({ from, everyMs, rounds, jitterMs }), roundsPerBlock)
}
