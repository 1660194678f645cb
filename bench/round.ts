// What one round of 60 series costs the generator's store: CPU with its share of everything that is done for the
// history later, and the longest wait that any of it brings. The generator itself does the work, in virtual time.

import { type BenchmarkContext, benchmark } from './support/benchmark.ts'
import { blocksOf, pointCount } from './support/block.ts'
import type { GeneratorCosts } from './support/generator-process.ts'
import { sqliteRows } from './support/peers/sqlite-rows.ts'
import { realisticRounds, seriesOf } from './support/rounds.ts'
import { runGenerator } from './support/run-generator.ts'
import { removeFolder, scratchFolder } from './support/scratch.ts'
import { longestCall } from './support/timed-store.ts'

/** So short that pruning is under way for most of the run. */
const maxAgeSeconds = 3600
/** Until every kind of upkeep was done a few times: then its code is compiled. */
const warmSeconds = 9000

export default benchmark({
  help: 'CPU of storing a round of 60 series, and the longest stall of the clock',
  async run(context) {
    const watched = await rounds(true, context)
    const idle = await rounds(false, context)
    const naive = { name: sqliteRows.name, value: await naiveCpuUs(context.scaled(1000, 100)) }
    const target = { unit: 'us', reference: naive, atLeast: { value: 300 }, want: { value: 150 } }
    return [
      { what: 'storing a round of 60 series, CPU, each committed', ours: cpuPerRound(watched), ...target },
      { what: 'the same while nobody looks', ours: cpuPerRound(idle), ...target },
      {
        what: 'longest stall of the clock by the store, warm',
        unit: 'ms',
        ours: Math.max(longestCall(watched), longestCall(idle)),
        atLeast: { value: 20 },
        want: { value: 10 },
      },
    ]
  },
})

const cpuPerRound = ({ cpuUs, rounds: count }: GeneratorCosts): number => cpuUs / count

async function rounds(isWatched: boolean, context: BenchmarkContext): Promise<GeneratorCosts> {
  const folder = scratchFolder('round')
  const seconds = context.scaled(6 * 3600, 600)
  const costs = await runGenerator({
    folder,
    warmSeconds,
    seconds,
    maxAgeSeconds,
    isWatched,
    virtualStart: Math.floor(Date.now() / 1000) * 1000 - (warmSeconds + seconds) * 1000,
  })
  removeFolder(folder)
  const calls = Object.entries(costs.longestMs).map(
    ([call, ms]) => `${call} ${ms.toFixed(1)} ms (CPU ${costs.mostCpuMs[call]?.toFixed(1)} ms)`,
  )
  context.say(`${isWatched ? 'watched' : 'nobody looks'}, longest calls: ${calls.join(', ')}`)
  context.say(`longest stretch of work without a turn for others: ${costs.longestStretchMs.toFixed(1)} ms`)
  return costs
}

async function naiveCpuUs(count: number): Promise<number> {
  const running = await sqliteRows.start(scratchFolder('round'))
  let cpuUs = 0
  let points = 0
  const from = Math.floor(Date.now() / 1000) * 1000 - count * 1000
  for (const block of blocksOf(seriesOf(), realisticRounds({ from, everyMs: 1000, rounds: count }), 1)) {
    const before = process.cpuUsage()
    await running.write(block)
    const { user, system } = process.cpuUsage(before)
    cpuUs += user + system
    points += pointCount(block)
  }
  await running.stop()
  return (cpuUs / points) * seriesOf().length
}
