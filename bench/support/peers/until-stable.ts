// Merging and compacting go on after the answer that they began.

import { setTimeout as pause } from 'node:timers/promises'

/** Resolves when a measure has stayed the same for `quietMs`, or after `patienceMs`. */
export async function untilStable(
  measure: () => Promise<number>,
  { quietMs = 5000, patienceMs = 300_000 } = {},
): Promise<void> {
  const deadline = performance.now() + patienceMs
  let last = await measure()
  let quietSince = performance.now()
  while (performance.now() < deadline && performance.now() - quietSince < quietMs) {
    await pause(250)
    const now = await measure()
    if (now !== last) quietSince = performance.now()
    last = now
  }
}
