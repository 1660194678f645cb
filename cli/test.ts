// `npm test`: everything that must be true before a change lands, on a fresh clone: types, lint and format, then
// unit, pipeline and browser tests. `npm test -- PATH …` runs the named test files only.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildApp } from './build-app.ts'
import { provideChromium } from './chromium.ts'
import { root } from './root.ts'
import { runProgram } from './run-step.ts'

const bin = (name: string, path: string): string => join(root, 'node_modules', name, path)
const report = join(root, '.cache', 'test-report.json')
const only = process.argv.slice(2)

if (only.length === 0) {
  await step('types', bin('typescript', 'bin/tsc'), ['-b'])
  await step('lint and format', bin('@biomejs/biome', 'bin/biome'), ['check', '.'])
}
try {
  const chromium = await provideChromium()
  await buildApp()
  await runTests(chromium)
} catch (error) {
  fail(error instanceof Error ? error.message : String(error))
}

async function step(name: string, script: string, args: readonly string[]): Promise<void> {
  const began = Date.now()
  const { code } = await runProgram(process.execPath, [script, ...args])
  if (code !== 0) fail(`${name} failed`)
  console.log(`${name}: good (${((Date.now() - began) / 1000).toFixed(1)} s)`)
}

async function runTests(chromium: string): Promise<void> {
  const args = ['run', '--config', 'tests/vitest.config.ts', '--reporter=default', '--reporter=json']
  const { code } = await runProgram(
    process.execPath,
    [bin('vitest', 'vitest.mjs'), ...args, `--outputFile.json=${report}`, ...only],
    { env: { ...process.env, POCKETSTATS_CHROMIUM: chromium } },
  )
  const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, 'utf8'))
  const skipped = numPendingTests > 0 ? `, ${numPendingTests} skipped` : ''
  console.log(`${numPassedTests} passed, ${numFailedTests} failed${skipped}`)
  process.exit(code)
}

function fail(message: string): never {
  console.error(`npm test: ${message}`)
  process.exit(1)
}
