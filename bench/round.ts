// What one round of 60 series costs the generator's store: CPU with its share of everything that is done for the
// history later, and the longest wait that any of it brings. The generator itself does the work, in virtual time.

import { benchmark } from './support/benchmark.ts'
import { blocksOf, pointCount } from './support/block.ts'
import { sqliteRows } from './support/peers/sqlite-rows.ts'
import { realisticRounds, seriesOf } from './support/rounds.ts'
import { runGenerator } from './support/run-generator.ts'
import { scratchFolder } from './support/scratch.ts'
import { longestCall } from './support/timed-store.ts'

/** So short that pruning is under way for most of the run. */
const maxAgeSeconds = 3600

export default benchmark({
  help: 'CPU of storing a round of 60 series, and the longest stall of the clock',
  async run(context) {
    const seconds = context.scaled(6 * 3600, 600)
    const costs = await runGenerator({
      folder: scratchFolder('round'),
      warmSeconds: 600,
      seconds,
      maxAgeSeconds,
      virtualStart: Date.now() - 2 * seconds * 1000,
    })
    for (const [call, ms] of Object.entries(costs.longestMs))
      context.say(`longest ${call}: ${ms.toFixed(1)} ms`)
    context.say(`longest stretch of work without a turn for others: ${costs.longestStretchMs.toFixed(1)} ms`)
    return [
      {
        what: 'storing a round of 60 series, CPU',
        unit: 'us',
        ours: costs.cpuUs / costs.rounds,
        reference: { name: sqliteRows.name, value: await naiveCpuUs(context.scaled(1000, 100)) },
        atLeast: { value: 300 },
        want: { value: 150 },
      },
      {
        what: 'longest stall of the clock by the store, warm',
        unit: 'ms',
        ours: longestCall(costs),
        atLeast: { value: 20 },
        want: { value: 10 },
      },
    ]
  },
})

async function naiveCpuUs(rounds: number): Promise<number> {
  const running = await sqliteRows.start(scratchFolder('round'))
  let cpuUs = 0
  let points = 0
  const from = Date.now() - rounds * 1000
  for (const block of blocksOf(seriesOf(), realisticRounds({ from, everyMs: 1000, rounds }), 1)) {
    const before = process.cpuUsage()
    await running.write(block)
    const { user, system } = process.cpuUsage(before)
    cpuUs += user + system
    points += pointCount(block)
  }
  await running.stop()
  return (cpuUs / points) * seriesOf().length
}
