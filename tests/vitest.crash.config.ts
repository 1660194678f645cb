import { defineConfig } from 'vitest/config'

// The long form of the tests that kill: `npm run test:crash`.
export default defineConfig({
  test: { root: new URL('..', import.meta.url).pathname, include: ['tests/crash/**/*.crash.ts'] },
})
