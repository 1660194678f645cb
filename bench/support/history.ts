// Five years of history as a household's store would hold them, and small enough to be loaded into every peer: every
// second of the last day, every ten seconds of the last month, every minute before.

import { type Block, blocksOf } from './block.ts'
import { realisticRounds, seriesOf } from './rounds.ts'

const second = 1000
const day = 86_400 * second
const year = 365 * day

/** The categories that have a history of five years: eight series each. */
export const longCategories = ['network', 'disk'] as const

const parts = [
  { fromAge: 5 * year, toAge: 30 * day, everyMs: 60 * second },
  { fromAge: 30 * day, toAge: day, everyMs: 10 * second },
  { fromAge: day, toAge: 0, everyMs: second },
] as const

const roundsPerBlock = 500

/** Blocks in order of time, up to `end` (ms). With a scale under 1 the same span is told in fewer points. */
export function* history(end: number, scale: number): Generator<Block> {
  for (const [index, { fromAge, toAge, everyMs: full }] of parts.entries()) {
    const everyMs = Math.min(day, Math.round(full / second / Math.min(1, scale)) * second)
    const rounds = realisticRounds({
      from: end - fromAge,
      everyMs,
      rounds: Math.floor((fromAge - toAge) / everyMs),
      seed: index + 1,
      categories: longCategories,
    })
    yield* blocksOf(seriesOf(longCategories), rounds, roundsPerBlock)
  }
}

/** The windows that are asked for. */
export const windows = [
  { name: '1 h', ms: 3600 * second },
  { name: '24 h', ms: day },
  { name: '30 d', ms: 30 * day },
  { name: '1 y', ms: year },
  { name: '5 y', ms: 5 * year },
] as const
