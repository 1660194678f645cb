import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['tests/**/*.test.ts'],
    // Generous: a test that waits for a condition must not fail because the machine is busy.
    testTimeout: 60_000,
    hookTimeout: 90_000,
    // Two processes at most: browser tests and killed child processes share a small machine.
    maxWorkers: 2,
  },
})
