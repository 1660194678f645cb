// Waiting for conditions, never for times: browser tests share a small machine with everything else that runs.

import { vi } from 'vitest'

/** For `vi.setConfig`: a test and its set-up may take this long (ms) on a slow machine. */
export const patience = { testTimeout: 120_000, hookTimeout: 120_000 }

/** Until `check` no longer throws. */
export const until = (check: () => unknown): Promise<unknown> =>
  vi.waitFor(check, { timeout: 30_000, interval: 50 })
