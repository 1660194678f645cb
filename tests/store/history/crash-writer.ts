// A program to be killed at any moment: appends rounds, late and replaced points, seals, builds levels and prunes all
// the while, and says on standard output which round the store has acknowledged. Arguments: file, first round.

import { writeSync } from 'node:fs'
import { undeclared } from '../../../common/declaration.ts'
import type { Point } from '../../../common/point.ts'
import { openStore } from '../../../store/open.ts'
import { crashPoint, everyMs, lateRound, start } from './crash-points.ts'

const [file = '', first = '0'] = process.argv.slice(2)
const store = openStore({ file, sealAt: { points: 200, rows: 40 } })
store.declare('m', 'kept', { ...undeclared, everySeconds: 1 })
const old = (round: number): Point => ({ ...crashPoint('a', round), category: 'old' })

for (let round = Number(first); ; round++) {
  const late = lateRound(round)
  const points = [crashPoint('a', round), crashPoint('b', round), old(round)]
  // The odd rounds of label c come long after the others: into chunks and levels that are sealed.
  if (late >= 0) points.push(crashPoint('c', late), crashPoint('a', late))
  store.append(points)
  writeSync(1, `${round}\n`)
  const now = start + round * everyMs
  const overrides = { old: { maxAgeSeconds: 3600, fullResolutionSeconds: 1800 } }
  if (round % 3 === 0) store.prune({ now, maxAgeSeconds: 1e8, overrides, budgetMs: 0 })
}
