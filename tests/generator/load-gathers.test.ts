import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadGathers } from '../../generator/load-gathers.ts'
import { temporaryFolder } from './support/temporary-store.ts'

const contract = join(import.meta.dirname, '..', '..', 'generator', 'gather.ts')

/** A folder with these files; `gather` is imported for them. */
function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder()
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, name), `import { gather } from ${JSON.stringify(contract)}\n${text}`)
  }
  return folder
}

const plugin = (more = '') =>
  `export default gather({ help: 'Bees.', unit: '', each: 'hive', read: () => ({ home: 3 }), ${more} })`

test('loadGathers() loads every file, named after it or by its title, in the order of their cards', async () => {
  const folder = folderWith({
    'wild-bees.ts': plugin(),
    'ants.js': plugin(),
    'first.mjs': plugin('order: 1'),
    'titled.ts': plugin(`title: 'Bees, Ltd.'`),
    'notes.txt': '',
    'types.d.ts': '',
  })
  const { gathers, broken } = await loadGathers(folder)
  expect(gathers.map(({ name }) => name)).toEqual(['first', 'ants', 'Bees, Ltd.', 'wild bees'])
  expect(broken).toEqual([])
})

test('loadGathers() leaves out what is disabled, and names what it does not know', async () => {
  const folder = folderWith({ 'bees.ts': plugin(), 'ants.ts': plugin() })
  const { gathers, unknown } = await loadGathers(folder, ['bees', 'antz'])
  expect(gathers.map(({ name }) => name)).toEqual(['ants'])
  expect(unknown).toEqual(['DisabledGathers: there is no gather "antz"; did you mean "ants"?'])
})

test('loadGathers() loads the others when a file is broken, and says why it is', async () => {
  const folder = folderWith({
    'good.ts': plugin(),
    'syntax.ts': 'export default gather({',
    'throws.ts': `throw new Error('not today')`,
    'nothing.ts': 'export const nothing = 1',
    'misspelt.ts': plugin('evry: 5'),
  })
  const { gathers, broken } = await loadGathers(folder)
  expect(gathers.map(({ name }) => name)).toEqual(['good'])
  expect(broken).toEqual([
    { name: 'misspelt', message: 'misspelt.ts: a gather has no option "evry"; did you mean "every"?' },
    { name: 'nothing', message: 'nothing.ts: its default export is not gather({ … })' },
    { name: 'syntax', message: expect.stringMatching(/^syntax\.ts: ./) },
    { name: 'throws', message: 'throws.ts: not today' },
  ])
})
