// How fast points come in over HTTP, each answered only when it survives a killed process; and how long a single point
// waits while another project floods the server. Clients and servers share the machine.

import { type BenchmarkContext, benchmark, type Row } from './support/benchmark.ts'
import { applyLoad } from './support/ingest/apply-load.ts'
import { connectedIdle } from './support/ingest/connected-idle.ts'
import type { Load, LoadResult } from './support/ingest/load.ts'
import { startOurs, startPeer, type Target } from './support/ingest/targets.ts'
import { removeFolder, scratchFolder } from './support/scratch.ts'

interface Measured {
  single: LoadResult
  batches: LoadResult
  /** Single points while batches come for another project. */
  besideFlood: LoadResult
}

const singles = { connections: 32, lines: 1, series: 1 }
const floods = { connections: 4, lines: 5000, series: 100 }
/** A few small clients, some hundred points a second together. */
const beside = { connections: 8, lines: 1, series: 1, pauseMs: 20 }

export default benchmark({
  help: 'points over HTTP, one and 5,000 a request, against InfluxDB and VictoriaMetrics; single points beside a flood',
  async run(context) {
    const ours = await measure('ours', await startOurs(), context)
    const influx = await measurePeer('InfluxDB', context)
    const victoria = await measurePeer('VictoriaMetrics', context)
    return [
      ...rateRows('one point a request, 32 connections', 'single', ours, { influx, victoria }, [2, 1]),
      ...rateRows('line protocol, 5,000 a request, 4 connections', 'batches', ours, { influx, victoria }, [
        1,
        null,
      ]),
      {
        what: 'one point beside a flood of another project, p99',
        unit: 'ms',
        ours: ours.besideFlood.p99,
        reference: influx ? { name: 'InfluxDB', value: influx.besideFlood.p99 } : undefined,
        atLeast: { value: 50 },
        want: { value: 20 },
      },
      await idleRow(context),
    ]
  },
})

async function idleRow({ say, scaled }: BenchmarkContext): Promise<Row> {
  const folder = scratchFolder('idle')
  const clients = scaled(10_000, 100)
  const megabytes = await connectedIdle(folder, clients)
  removeFolder(folder)
  say(`${clients} TCP clients that each sent a line and stay: ${megabytes.toFixed(1)} MB`)
  return {
    what: `memory added by ${clients.toLocaleString('en')} idle TCP clients`,
    unit: 'MB',
    ours: megabytes,
    atLeast: { value: 150 },
    want: { value: 80 },
  }
}

async function measurePeer(name: 'InfluxDB' | 'VictoriaMetrics', context: BenchmarkContext) {
  const target = await startPeer(name, context.say)
  return target && measure(name, target, context)
}

async function measure(name: string, target: Target, { say, scaled }: BenchmarkContext): Promise<Measured> {
  const time = { warmSeconds: scaled(2, 0.5), seconds: scaled(5, 1) }
  const load = (more: Omit<Load, 'port' | 'path' | 'authorization' | 'warmSeconds' | 'seconds'>): Load => ({
    ...{ port: target.port, path: target.path, authorization: target.authorization },
    ...{ ...time, ...more },
  })
  const single = await applyLoad(load({ ...singles, pauseMs: 0 }))
  say(`${name}: ${told(single)}, one a request`)
  const batches = await applyLoad(load({ ...floods, pauseMs: 0 }))
  say(`${name}: ${told(batches)}, 5,000 a request`)
  const [besideFlood] = await Promise.all([
    applyLoad({ ...load(beside), authorization: target.other }),
    applyLoad(load({ ...floods, pauseMs: 0 })),
  ])
  say(`${name}: ${told(besideFlood)}, one a request beside a flood`)
  await target.stop()
  return { single, batches, besideFlood }
}

const told = ({ pointsPerSecond, p50, p99, clientLoad }: LoadResult): string =>
  `${Math.round(pointsPerSecond)} points/s, p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms (client ${clientLoad.toFixed(2)} cores)`

/** Against InfluxDB, which keeps what it answered as we do, and VictoriaMetrics, which may lose five seconds. */
function rateRows(
  what: string,
  which: 'single' | 'batches',
  ours: Measured,
  { influx, victoria }: { influx: Measured | null; victoria: Measured | null },
  [atLeast, wantOfVictoria]: [number, number | null],
): Row[] {
  const common = { what, unit: 'points/s', ours: ours[which].pointsPerSecond, better: 'more' } as const
  const against = (name: string, peer: Measured | null) =>
    peer ? { name, value: peer[which].pointsPerSecond } : undefined
  return [
    {
      ...{ ...common, reference: against('InfluxDB', influx), atLeast: { ratio: atLeast } },
      ...(wantOfVictoria === null && { want: { ratio: 2 } }),
    },
    {
      ...{ ...common, reference: against('VictoriaMetrics', victoria) },
      ...(wantOfVictoria !== null && { want: { ratio: wantOfVictoria } }),
    },
  ]
}
