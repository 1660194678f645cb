import { writeFileSync } from 'node:fs'
import { release } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readFacts } from '../../generator/facts.ts'
import { temporaryFolder } from './support/temporary-store.ts'

test('readFacts() names the processor and the system of this machine', async () => {
  const facts = await readFacts()
  expect(facts.processor ?? 'unnamed, 1 core').toMatch(/, \d+ cores?$/)
  expect(facts.system).toContain(`, kernel ${release()}`)
})

test.each(['process.exit(3)', 'console.log("no json")'])(
  'readFacts() knows nothing when %s',
  async (text) => {
    const script = join(temporaryFolder(), 'facts.mjs')
    writeFileSync(script, text)
    expect(await readFacts(script)).toEqual({})
  },
)
