// Points a second through `store.append` in batches of 1,000, as an import or a busy program would bring them.

import { type BenchmarkContext, benchmark } from './support/benchmark.ts'
import { type Block, blockPoints, blocksOf, pointCount } from './support/block.ts'
import { openOurs, project } from './support/ours.ts'
import { sqliteRows } from './support/peers/sqlite-rows.ts'
import { realisticRounds, seriesOf } from './support/rounds.ts'
import { scratchFolder } from './support/scratch.ts'

const batchPoints = 1000
/** Fifty rounds of 60 series are three batches. */
const roundsPerBlock = 50
const naiveShare = 0.1

export default benchmark({
  help: 'points a second through store.append in batches of 1,000',
  async run(context) {
    const rounds = context.scaled(33_350, roundsPerBlock)
    const { alone, sealed } = oursPerSecond(rounds)
    const theirs = await naivePerSecond(Math.ceil(rounds * naiveShare), context)
    return [
      {
        what: 'append, batches of 1,000',
        unit: 'points/s',
        ours: alone,
        better: 'more',
        reference: { name: sqliteRows.name, value: theirs },
        atLeast: { value: 300_000 },
        want: { value: 1_000_000 },
      },
      {
        what: 'append and all sealing and levels, one after another',
        unit: 'points/s',
        ours: sealed,
        better: 'more',
        reference: { name: sqliteRows.name, value: theirs },
      },
    ]
  },
})

/** Only the calls are timed, not the making of the points. */
function oursPerSecond(rounds: number): { alone: number; sealed: number } {
  const store = openOurs(scratchFolder('append'), 1)
  let points = 0
  let ms = 0
  const timed = (work: () => void): void => {
    const began = performance.now()
    work()
    ms += performance.now() - began
  }
  for (const block of blocks(rounds)) {
    const all = blockPoints(project, block)
    for (let at = 0; at < all.length; at += batchPoints) {
      const batch = all.slice(at, at + batchPoints)
      timed(() => store.append(batch))
    }
    points += all.length
  }
  const alone = (points / ms) * 1000
  timed(() => store.sealAll())
  store.close()
  return { alone, sealed: (points / ms) * 1000 }
}

async function naivePerSecond(rounds: number, context: BenchmarkContext): Promise<number> {
  const running = await sqliteRows.start(scratchFolder('append'))
  let points = 0
  let ms = 0
  for (const block of blocks(rounds)) {
    const began = performance.now()
    await running.write(block)
    ms += performance.now() - began
    points += pointCount(block)
  }
  await running.stop()
  context.say(`rows in SQLite took ${points} points in batches of ${roundsPerBlock * 60}`)
  return (points / ms) * 1000
}

function blocks(rounds: number): Generator<Block> {
  const from = Math.floor(Date.now() / 1000) * 1000 - rounds * 1000
  return blocksOf(seriesOf(), realisticRounds({ from, everyMs: 1000, rounds }), roundsPerBlock)
}
