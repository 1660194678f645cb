import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runProgram } from '../../../generator/outside/run-program.ts'

const bash = (script: string, options = {}) => runProgram('/bin/bash', ['-c', script], options)

test('runProgram() returns what is printed and the exit code, from a clean environment', async () => {
  process.env.SECRET_OF_OURS = 'x'
  const result = await bash('echo "$SECRET_OF_OURS|$MINE|$PWD|$LANG"; echo oops >&2; exit 3', {
    env: { MINE: '1' },
  })
  expect(result).toEqual({ code: 3, stdout: '|1|/|C.UTF-8\n', stderr: 'oops\n', failure: null })
})

test('runProgram() knows nothing of a program that is not there', async () => {
  expect(await runProgram('/nowhere/at/all', [])).toBeUndefined()
})

test('runProgram() ends what takes too long or prints too much, with all that it started', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pocketstats-'))
  const late = join(folder, 'late')
  const slow = bash(`(sleep 1; echo late > ${late}) & sleep 60`, { timeoutMs: 200 })
  const loud = bash('yes', { mostBytes: 10_000 })
  expect((await slow)?.failure).toBe('has not ended within 0.2 s')
  expect(await loud).toMatchObject({ code: null, failure: 'printed more than 10000 bytes' })
  await new Promise((resolve) => setTimeout(resolve, 1200))
  expect(() => readFileSync(late)).toThrow('ENOENT')
})

test('runProgram() does not wait for what a program leaves running in the background', async () => {
  const began = performance.now()
  expect((await bash('sleep 30 & echo done'))?.stdout).toBe('done\n')
  expect(performance.now() - began).toBeLessThan(3000)
})
