// Kills the writer at random moments, again and again on the same database, and looks each time whether every
// acknowledged point is there once, in every level.

import { expect } from 'vitest'
import { openStore } from '../../../store/open.ts'
import type { Store } from '../../../store/types.ts'
import { startChild, temporaryFile } from '../temporary.ts'
import { everyMs, start, wantedRounds, wantedValue } from './crash-points.ts'

export async function killAndLook(kills: number): Promise<void> {
  const file = temporaryFile()
  let acknowledged = 0
  for (let kill = 0; kill < kills; kill++) {
    const writer = startChild('history/crash-writer.ts', [file, String(acknowledged)])
    while (writer.output() === '') await new Promise((resolve) => setTimeout(resolve, 20))
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 400))
    writer.child.kill('SIGKILL')
    await writer.ended
    acknowledged = Number(writer.output().trimEnd().split('\n').at(-1)) + 1
    const store = openStore({ file, sealAt: { points: 1e9, rows: 1e9 } })
    expectAll(store, acknowledged)
    store.close()
  }
}

function expectAll(store: Store, acknowledged: number): void {
  expect([...store.check()].filter((found) => found !== null)).toEqual([])
  const end = start + (acknowledged + 1) * everyMs
  const window = { project: 'm', category: 'kept', from: start, to: end }
  // A bucket a point, then the levels.
  for (const buckets of [acknowledged + 2, 200, 10, 1]) {
    const { stepMs, series } = store.query({ ...window, buckets })
    for (const { label, count, min, max } of series) {
      const { must, may } = wantedRounds(label, acknowledged)
      const total = count.reduce((sum, one) => sum + one, 0)
      expect([must.length, must.length + (may >= 0 ? 1 : 0)]).toContain(total)
      if (stepMs > everyMs) continue
      const wrong = must.filter((round) => {
        const wanted = wantedValue(label, round)
        return count[round] !== 1 || min[round] !== wanted || max[round] !== wanted
      })
      expect([label, wrong]).toEqual([label, []])
    }
  }
}
