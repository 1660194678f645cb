// What gathering costs: our generator with all its built-in gathers, netdata with its proc plugin alone, and
// node_exporter with Prometheus, on this machine, every second, stored, at the same time.

import { setTimeout as pause } from 'node:timers/promises'
import { type BenchmarkContext, benchmark, type Row } from './support/benchmark.ts'
import { netdataIsInstalled, startNetdata } from './support/peers/netdata.ts'
import { nodeExporterIsInstalled, startScrape } from './support/peers/node-exporter.ts'
import { howToInstall } from './support/peers/peer.ts'
import { processorSeconds } from './support/processor-time.ts'
import { startRealGenerator } from './support/real-generator.ts'
import { scratchFolder } from './support/scratch.ts'
import { residentBytes } from './support/server-process.ts'

/** Of processor time while measured. */
interface Cost {
  name: string
  secondsPerMinute: number
  valuesPerSecond: number
  residentBytes: number
}

/** A collector that runs, and how many values a second it stores. */
interface Running {
  name: string
  pids: readonly number[]
  valuesPerSecond(from: number, to: number): Promise<number>
  stop(): Promise<void>
}

/** Until all have found what there is to gather, and their code is warm. */
const warmSeconds = 70

const procPluginAlone = `[plugins]
  enable running new plugins = no
  apps = no
  cgroups = no
  checks = no
  charts.d = no
  diskspace = no
  fping = no
  go.d = no
  idlejitter = no
  ioping = no
  netdata monitoring = no
  node.d = no
  perf = no
  proc = yes
  python.d = no
  slabinfo = no
  statsd = no
  tc = no
  timex = no
`

export default benchmark({
  help: 'what gathering every second costs, against netdata and node_exporter',
  async run(context) {
    const seconds = context.scaled(45, 5)
    const running = await startAll(context)
    await pause(warmSeconds * 1000)
    const [ours, ...others] = await measure(running, seconds)
    if (!ours) throw new Error('nothing was measured')
    for (const cost of [ours, ...others]) context.say(inWords(cost))
    const netdata = others.find(({ name }) => name.startsWith('netdata'))
    const exporter = others.find(({ name }) => name.startsWith('node_exporter'))
    return rowsOf(ours, netdata, exporter)
  },
})

async function startAll(context: BenchmarkContext): Promise<Running[]> {
  const missing = (name: string, debian: string): Running[] => {
    context.say(howToInstall({ name, package: debian }))
    return []
  }
  return [
    await ourselves(),
    netdataIsInstalled() ? [await netdata()] : missing('netdata', 'netdata'),
    nodeExporterIsInstalled()
      ? [await exporter()]
      : missing('node_exporter', 'prometheus prometheus-node-exporter'),
  ].flat()
}

async function ourselves(): Promise<Running> {
  const generator = await startRealGenerator(scratchFolder('gather'))
  return {
    name: 'ours',
    pids: [generator.pid],
    async valuesPerSecond(from, to) {
      await generator.stop()
      return (generator.stored(from, to).points * 1000) / (to - from)
    },
    stop: () => generator.stop(),
  }
}

async function netdata(): Promise<Running> {
  const running = await startNetdata(scratchFolder('netdata'), procPluginAlone)
  return {
    name: 'netdata, proc plugin',
    pids: [running.pid],
    valuesPerSecond: () => running.dimensions(),
    stop: () => running.stop(),
  }
}

async function exporter(): Promise<Running> {
  const running = await startScrape(scratchFolder('exporter'))
  return {
    name: 'node_exporter + Prometheus',
    pids: running.programs.map(({ pid }) => pid),
    valuesPerSecond: () => running.values(),
    stop: () => running.stop(),
  }
}

async function measure(running: readonly Running[], seconds: number): Promise<Cost[]> {
  const used = ({ pids }: Running): number => pids.reduce((sum, pid) => sum + processorSeconds(pid), 0)
  const before = running.map(used)
  const from = Date.now()
  await pause(seconds * 1000)
  const to = Date.now()
  const after = running.map(used)
  const resident = running.map(({ pids }) => pids.reduce((sum, pid) => sum + residentBytes(pid), 0))
  const costs: Cost[] = []
  for (const [index, one] of running.entries()) {
    const spent = (after[index] ?? 0) - (before[index] ?? 0)
    costs.push({
      name: one.name,
      secondsPerMinute: (spent * 60_000) / (to - from),
      valuesPerSecond: await one.valuesPerSecond(from, to),
      residentBytes: resident[index] ?? 0,
    })
    await one.stop()
  }
  return costs
}

const microsecondsPerValue = ({ secondsPerMinute, valuesPerSecond }: Cost): number =>
  (secondsPerMinute * 1e6) / 60 / valuesPerSecond

const inWords = (cost: Cost): string =>
  `${cost.name}: ${cost.secondsPerMinute.toFixed(2)} CPU s a minute, ${Math.round(cost.valuesPerSecond)} values a second, ` +
  `${microsecondsPerValue(cost).toFixed(1)} us a value, ${Math.round(cost.residentBytes / 1e6)} MB resident`

function rowsOf(ours: Cost, netdata: Cost | undefined, exporter: Cost | undefined): Row[] {
  const reference = (cost: Cost | undefined, value: (cost: Cost) => number): Row['reference'] =>
    cost && { name: `${cost.name} (${Math.round(cost.valuesPerSecond)} values)`, value: value(cost) }
  const values = Math.round(ours.valuesPerSecond)
  const perMinute = ({ secondsPerMinute }: Cost): number => secondsPerMinute
  return [
    {
      what: `gathering ${values} values a second, CPU a minute`,
      unit: 's',
      ours: ours.secondsPerMinute,
      reference: reference(netdata, perMinute),
      atLeast: { value: 0.8 },
      want: { value: 0.4 },
    },
    {
      what: 'the same for each value',
      unit: 'us',
      ours: microsecondsPerValue(ours),
      reference: reference(netdata, microsecondsPerValue),
      atLeast: { ratio: 5 },
      want: { ratio: 2 },
    },
    {
      what: 'the same for each value',
      unit: 'us',
      ours: microsecondsPerValue(ours),
      reference: reference(exporter, microsecondsPerValue),
    },
    {
      what: 'resident memory while gathering',
      unit: 'MB',
      ours: ours.residentBytes / 1e6,
      reference: reference(netdata, ({ residentBytes: bytes }) => bytes / 1e6),
      atLeast: { value: 100 },
      want: { value: 80 },
    },
  ]
}
