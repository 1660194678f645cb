// Somebody who posts a round of 60 series twenty times a second, as the server would store them, and keeps how long
// each had to wait. Every message from the parent is answered with the waits (ms) since the one before.

import { pointsOf } from './block.ts'
import { openOurs } from './ours.ts'
import { realisticRounds, seriesOf } from './rounds.ts'

const everyMs = 50
const folder = process.argv[2] ?? ''
const store = openOurs(folder, 1)
const series = seriesOf()
const rounds = realisticRounds({ from: 0, everyMs, rounds: Number.POSITIVE_INFINITY })
let waits: number[] = []

setInterval(() => {
  const { value: round } = rounds.next()
  if (!round) return
  const points = pointsOf('posted', series, { ...round, time: Date.now() })
  const began = performance.now()
  store.append(points)
  waits.push(performance.now() - began)
}, everyMs)

process.on('message', () => {
  process.send?.(waits)
  waits = []
})
process.on('disconnect', () => process.exit(0))
