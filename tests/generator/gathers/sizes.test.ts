import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import sizes from '../../../generator/gathers/sizes.ts'
import { fixtureMachine } from '../support/fixture.ts'
import { temporaryFolder } from '../support/temporary-store.ts'

test('sizes reads files, and folders with all in them but what links lead to', async () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'in', 'deep'), { recursive: true })
  writeFileSync(join(folder, 'one'), 'x'.repeat(1000))
  writeFileSync(join(folder, 'in', 'two'), 'x'.repeat(20))
  writeFileSync(join(folder, 'in', 'deep', 'three'), 'x'.repeat(3))
  symlinkSync('/', join(folder, 'in', 'everything'))
  const Paths = [join(folder, 'in'), join(folder, 'one'), join(folder, 'gone')]
  expect(await sizes.read(fixtureMachine('none'), { Paths })).toEqual({
    [join(folder, 'in')]: { value: 23 },
    [join(folder, 'one')]: { value: 1000 },
    [join(folder, 'gone')]: { value: null },
  })
  expect(await sizes.read(fixtureMachine('none'))).toBeNull()
})
