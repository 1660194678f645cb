import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const main = join(import.meta.dirname, '..', '..', 'bench', 'main.ts')
const run = (name: string, scale = '0.002') =>
  promisify(execFile)(process.execPath, [main, name], { env: { ...process.env, BENCH_SCALE: scale } })

test('bench runs the named benchmark and prints its table', async () => {
  const { stdout } = await run('append')
  expect(stdout).toContain('BENCH_SCALE=0.002')
  expect(stdout).toMatch(/\| append, batches of 1,000 +\| [\d,.]+ points\/s/)
})

test('bench refuses a name that it does not know, and says the nearest', async () => {
  await expect(run('apend')).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('is "append" meant?'),
  })
})

test('bench refuses a scale that is no number', async () => {
  await expect(run('append', 'half')).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('BENCH_SCALE must be a number above 0'),
  })
})
