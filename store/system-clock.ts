// The machine's own clock.

import type { Clock } from '../common/clock.ts'

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
}
