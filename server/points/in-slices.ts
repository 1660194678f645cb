// Long work is done a little at a time, so that nobody else waits for it.

import { setImmediate as turn } from 'node:timers/promises'

/** Repeats a step of a few milliseconds until it says false; others have their turn in between. */
export async function inSlices(step: () => boolean): Promise<void> {
  while (step()) await turn()
}
