// Verifies every chunk of a history, telling how far it is and letting signals through.

import type { DamageReport, Store } from '../store/types.ts'
import { breathe, Progress } from './progress.ts'

export interface Verified {
  /** How many chunks there are. */
  chunks: number
  damage: DamageReport[]
}

/** `found` is called with each damage as it turns up. */
export async function verify(
  store: Pick<Store, 'check' | 'chunkCount'>,
  found: (damage: DamageReport) => void = () => {},
): Promise<Verified> {
  const progress = new Progress('verified')
  const chunks = store.chunkCount()
  const damage: DamageReport[] = []
  let looked = 0
  for (const report of store.check()) {
    looked++
    progress.show(looked / Math.max(1, chunks), `${looked} of ${chunks} chunks`)
    if (looked % 200 === 0) await breathe()
    if (!report) continue
    damage.push(report)
    progress.clear()
    found(report)
  }
  progress.clear()
  return { chunks, damage }
}
