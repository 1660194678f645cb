import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { PluginReport } from '../../../common/plugin-states.ts'
import { install } from '../pocketstats.ts'

test('plugin new writes ten lines that run and keep every promise; run prints what they read; check names what is broken', async () => {
  const installation = install()
  const plugin = (...args: string[]) => installation.run(['plugin', ...args])
  const made = await plugin('new', 'temporary-files')
  const file = join(installation.folder, 'plugins', 'temporary-files.ts')
  expect(made).toEqual({ code: 0, out: `${file}\n`, err: '' })
  expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(10)
  expect((await plugin('new', 'temporary-files')).err).toContain('is there already')
  expect((await plugin('new', '../evil')).err).toContain('letters, digits and hyphens')
  expect((await plugin('new', 'shell', '--language', 'sh')).code).toBe(0)

  const run = await plugin('run', 'temporary-files')
  expect(run.out).toMatch(
    /^temporary files: .*\.ts, every 10 s\n {2}files +\d+\ntook \d+\.\d\d ms; at its interval/,
  )
  expect((await plugin('run', 'shell')).out).toMatch(/files +\d+\ntook \d+\.\d\d ms, then \d+\.\d\d ms/)
  expect((await plugin('run', 'tempory-files')).err).toContain('did you mean "temporary-files"?')

  writeFileSync(join(installation.folder, 'plugins', 'bad.js'), 'export default { a: = 1 }\n')
  const check = await plugin('check')
  expect(check.code).toBe(1)
  expect(check.out).toContain(`good  ${file}\n`)
  expect(check.out).toContain("Unexpected token '=' (bad.js:1)")
}, 90_000)

test('plugin run and check outlive a plugin that ends the process, and end one that loops, with a word', async () => {
  const installation = install()
  const plugin = (...args: string[]) => installation.run(['plugin', ...args])
  await plugin('new', 'z-good', '--language', 'js')
  const write = (name: string, read: string): void =>
    writeFileSync(
      join(installation.folder, 'plugins', name),
      `import { gather } from 'pocketstats/gather'\nexport default gather({ help: 'Bad.', unit: '', series: ['a'], read: () => { ${read} } })\n`,
    )
  write('ends.js', 'process.exit(0)')
  expect(await plugin('run', 'ends')).toMatchObject({
    code: 1,
    out: expect.stringContaining('a plugin must not end the process (process.exit) (ends.js:2)'),
  })
  const check = await plugin('check')
  expect(check.code).toBe(1)
  expect(check.out).toMatch(/^bad {3}.*ends\.js$/m)
  expect(check.out).toMatch(/^good {2}.*z-good\.js$/m)

  write('loops.js', 'for (;;);')
  expect(await plugin('run', 'loops')).toMatchObject({
    code: 1,
    err: expect.stringContaining('loops blocks: has not come back within 5 s'),
  })
}, 90_000)

test('plugin list shows what the generator told last', async () => {
  const installation = install()
  expect(await installation.run(['plugin', 'list'])).toMatchObject({
    code: 1,
    err: expect.stringContaining('no generator'),
  })
  const state = { series: 2, everySeconds: 2, tookMs: 20, alerts: [], file: '', categories: [] }
  const report: PluginReport = {
    ...{ at: Date.now(), folder: '/p', gone: [] },
    plugins: [
      { ...state, name: 'bees', kind: 'module', state: 'fails', message: 'no hive (bees.ts:7)' },
      { ...state, name: 'load', kind: 'built-in', state: 'runs', message: null },
    ],
  }
  writeFileSync(join(installation.folder, 'data', 'plugins.json'), JSON.stringify(report))
  const settings = readFileSync(installation.config, 'utf8')
  writeFileSync(installation.config, `${settings}\n[Generator]\nDatabaseDirectory = ./data\n`)
  const { code, out } = await installation.run(['plugin', 'list'])
  expect(code).toBe(1)
  expect(out).toMatch(/bees +module +fails +2 s +20\.00 ms +2 +no hive \(bees\.ts:7\)/)
  expect(out).toContain('All readings together take 2.00 % of the time')
  expect(out).toContain('The generator does not run at present.')
})
