// A day of 60 series at one second is given up while others write and read: what does the unluckiest write wait?

import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type BenchmarkContext, benchmark } from './support/benchmark.ts'
import { blocksOf } from './support/block.ts'
import { httpClient } from './support/http-client.ts'
import { closeAtRest, load, openOurs, project } from './support/ours.ts'
import { tieToUs } from './support/program.ts'
import { realisticRounds, seriesOf } from './support/rounds.ts'
import { scratchFolder } from './support/scratch.ts'
import { type RunningServer, startServer } from './support/server-process.ts'
import { longest, quantile } from './support/statistics.ts'

const hourMs = 3_600_000
const maxAgeSeconds = 3600
/** The generator's own budget for one step, and less rest between two than it takes, so that the day is soon gone. */
const budgetMs = 5
const restMs = 20
const calmMs = 5000
const patienceMs = 300_000

export default benchmark({
  help: 'longest wait of a write while a day of 60 series at 1 s is pruned',
  async run(context) {
    const folder = scratchFolder('prune')
    const now = Math.floor(Date.now() / 1000) * 1000
    fill(folder, now, context)
    const server = await startServer(folder)
    const writer = fork(join(import.meta.dirname, 'support', 'writer-process.ts'), [folder])
    const running = tieToUs(writer)
    const stopReading = keepReading(server, now)
    await pause(calmMs)
    const calm = await waitsOf(writer)
    const steps = await pruneAll(folder, now, context)
    const waits = await waitsOf(writer)
    stopReading()
    await Promise.all([running.stop(), server.stop()])
    context.say(`${waits.length} writes while pruning, p99 ${quantile(waits, 0.99).toFixed(1)} ms`)
    return [
      {
        what: 'pruning a day: longest wait of a write',
        unit: 'ms',
        ours: longest(waits),
        reference: { name: 'without pruning', value: longest(calm) },
        atLeast: { value: 50 },
        want: { value: 20 },
      },
      {
        what: 'pruning a day: longest step of the pruning itself',
        unit: 'ms',
        ours: longest(steps),
        atLeast: { value: 20 },
        want: { value: 10 },
      },
    ]
  },
})

/** A day that is too old, and the hour that is kept. */
function fill(folder: string, now: number, context: BenchmarkContext): void {
  const rounds = context.scaled(24 * 3600, 600) + 3600
  const store = openOurs(folder, 1)
  const made = realisticRounds({ from: now - rounds * 1000, everyMs: 1000, rounds })
  load(store, blocksOf(seriesOf(), made, 500))
  closeAtRest(store, folder)
  context.say(`${rounds} rounds stored`)
}

/** Duration (ms) of each step until nothing is left to prune. */
async function pruneAll(folder: string, now: number, context: BenchmarkContext): Promise<number[]> {
  const store = openOurs(folder, 1)
  const steps: number[] = []
  const before = store.stats().bytes
  const deadline = performance.now() + patienceMs
  for (let more = true; more && performance.now() < deadline; ) {
    const began = performance.now()
    more = store.prune({ now, maxAgeSeconds, budgetMs })
    steps.push(performance.now() - began)
    await pause(restMs)
  }
  const megabytes = [before, store.stats().bytes].map((bytes) => `${Math.round(bytes / 1e6)} MB`)
  context.say(`${steps.length} steps; the database went from ${megabytes.join(' to ')}`)
  store.close()
  return steps
}

/** Asks for the last hour of every category with a graph, again and again; returns the way to stop. */
function keepReading({ port }: RunningServer, now: number): () => void {
  const client = httpClient(port, { connections: 1 })
  const path = `/api/v1/query?${new URLSearchParams({ project, from: `${now - hourMs}`, to: `${now}` })}`
  let isOver = false
  const again = async (): Promise<void> => {
    while (!isOver) {
      await client.get(path)
      await pause(restMs)
    }
    client.close()
  }
  void again()
  return () => {
    isOver = true
  }
}

async function waitsOf(writer: ChildProcess): Promise<number[]> {
  const answer = once(writer, 'message')
  writer.send('waits?')
  const [waits]: number[][] = await answer
  return waits ?? []
}
