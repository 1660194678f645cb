// Netdata as a store of history: its dbengine with three tiers, 32-bit values, whole seconds. It gathers nothing of
// its own here; what it holds was streamed to it.

import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Block } from '../block.ts'
import { netdataIsInstalled, type RunningNetdata, startNetdata } from './netdata.ts'
import {
  chartDefinition,
  chartId,
  columnsByCategory,
  openStream,
  replication,
  streamHost,
  streamKey,
} from './netdata-stream.ts'
import type { Peer, PeerQuery, RunningPeer } from './peer.ts'
import { untilStable } from './until-stable.ts'

/** How many points of a tier are one of the next. */
const tierFactor = 60
const highestTier = 2

/** It chooses the tier of a query itself. */
export const netdata: Peer = {
  name: 'netdata',
  package: 'netdata',
  installed: netdataIsInstalled,
  start: (folder) => start(folder, false),
}

/** It is told which tier is enough, which saves it up to a thousand times the work. */
export const netdataToldTier: Peer = {
  ...netdata,
  name: 'netdata, told the tier',
  start: (folder) => start(folder, true),
}

async function start(folder: string, tellTier: boolean): Promise<RunningPeer> {
  mkdirSync(join(folder, 'etc'))
  writeFileSync(join(folder, 'etc', 'stream.conf'), streamConfiguration)
  const running = await startNetdata(folder, configuration)
  const socket = await openStream(running.port)
  const intervals = new Map<string, number[]>()
  const bytes = async (): Promise<number> => running.historyBytes()

  return {
    bytes,
    async write(block) {
      const everySeconds = intervalOf(block, intervals.values())
      const text = define(intervals, block, everySeconds) + replication(block, everySeconds)
      if (!socket.write(text)) await once(socket, 'drain')
    },
    settle: () => untilStable(bytes),
    query: (query) => ask(running, query, { intervals: intervals.get(query.category) ?? [1], tellTier }),
    async stop() {
      socket.destroy()
      await running.stop()
    },
  }
}

/** A single round goes to the finest chart there is. */
function intervalOf({ times: [first, second] }: Block, intervals: Iterable<number[]>): number {
  if (first !== undefined && second !== undefined) return Math.round((second - first) / 1000)
  const known = [...intervals].flat()
  return known.length > 0 ? Math.min(...known) : 1
}

/** Definitions of the charts that a block is the first of. */
function define(intervals: Map<string, number[]>, block: Block, everySeconds: number): string {
  let text = ''
  for (const [category, columns] of columnsByCategory(block)) {
    const known = intervals.get(category) ?? []
    if (known.includes(everySeconds)) continue
    intervals.set(category, [...known, everySeconds])
    text += chartDefinition(
      category,
      everySeconds,
      columns.map((column) => block.series[column]?.label ?? ''),
    )
  }
  return text
}

/** Min, mean and max are three requests, sent at once. */
async function ask(
  { client }: RunningNetdata,
  { category, from, to, stepMs }: PeerQuery,
  { intervals, tellTier }: { intervals: readonly number[]; tellTier: boolean },
): Promise<number> {
  const stepSeconds = stepMs / 1000
  const everySeconds = intervalFor(intervals, (to - from) / 1000)
  const tier = Math.floor(Math.log(stepSeconds / everySeconds) / Math.log(tierFactor))
  const parameters = new URLSearchParams({
    chart: chartId(category, everySeconds),
    after: `${from / 1000}`,
    before: `${to / 1000}`,
    points: `${(to - from) / stepMs}`,
    format: 'json',
    ...(tellTier ? { tier: `${Math.max(0, Math.min(highestTier, tier))}` } : {}),
  })
  const began = performance.now()
  const path = `/host/${streamHost}/api/v1/data?${parameters}`
  await Promise.all(['min', 'average', 'max'].map((group) => client.get(`${path}&group=${group}`)))
  return performance.now() - began
}

/** The chart that covers a window: every second for a day, every minute for more than a month. */
function intervalFor(intervals: readonly number[], windowSeconds: number): number {
  const daySeconds = 86_400
  const sorted = intervals.toSorted((a, b) => a - b)
  const index = windowSeconds <= daySeconds ? 0 : windowSeconds <= 30 * daySeconds ? 1 : 2
  return sorted[Math.min(index, sorted.length - 1)] ?? 1
}

const streamConfiguration = `[${streamKey}]
  enabled = yes
  allow from = *
  default memory mode = dbengine
  health enabled by default = no
`

const silentPlugins = [
  ...['proc', 'diskspace', 'cgroups', 'tc', 'idlejitter', 'checks', 'apps', 'timex', 'statsd', 'charts.d'],
  ...['go.d', 'python.d', 'perf', 'nfacct', 'ioping', 'slabinfo', 'cups', 'fping', 'netdata monitoring'],
]

const configuration = `[plugins]
  enable running new plugins = no
${silentPlugins.map((name) => `  ${name} = no`).join('\n')}
[db]
  mode = dbengine
  storage tiers = ${highestTier + 1}
  dbengine multihost disk space MB = 4096
  dbengine tier 1 multihost disk space MB = 1024
  dbengine tier 2 multihost disk space MB = 1024
[ml]
  enabled = no
`
