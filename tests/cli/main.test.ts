import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { commands } from '../../cli/commands.ts'
import { root } from '../../cli/root.ts'
import { install, runCommand } from './pocketstats.ts'

test('pocketstats lists its commands and says of each how it is used', async () => {
  const overview = await runCommand([])
  expect(overview).toMatchObject({ code: 0, err: '' })
  const listed = [...overview.out.matchAll(/^ {2}(\w+) {2}/gm)].map(([, name = '']) => name)
  expect(listed).toEqual([...commands.map(({ name }) => name), 'help'])
  for (const [args, pattern] of [
    [['help', 'export'], /^Usage: pocketstats export --format csv\|ndjson\|line-protocol /],
    [['import', '--help'], /^Usage: pocketstats import FILE\|- /],
    [['--help'], /^Usage: pocketstats COMMAND/],
  ] as const) {
    const help = await runCommand(args)
    expect(help).toMatchObject({ code: 0, err: '' })
    expect(help.out).toMatch(pattern)
  }
})

test('pocketstats names what was meant and exits with 2 when it is asked wrongly', async () => {
  const wrong: (readonly [args: string[], line: string])[] = [
    [['bakup', 'x'], 'pocketstats: unknown command "bakup"; did you mean "backup"?'],
    [['help', 'chek'], 'pocketstats: unknown command "chek"; did you mean "check"?'],
    [['frobnicate'], 'pocketstats: unknown command "frobnicate"; known are store, backup, '],
    [['backup'], 'pocketstats backup: FILE is missing'],
    [['check', 'now'], 'pocketstats check: "now" is one argument too many'],
    [['export', '--formt', 'csv'], 'pocketstats export: unknown option --formt; did you mean --format?'],
    [['export', '--format', 'cvs'], 'pocketstats export: --format cvs: expected csv, ndjson, line-protocol'],
    [
      ['export', '--format', 'csv', '--from', 'noon'],
      'pocketstats export: --from noon: expected seconds or ',
    ],
    [
      ['store', '--max-age', '1 fortnight'],
      'pocketstats store: --max-age 1 fortnight: expected a time from ',
    ],
    [['import', 'x', '--precision', 'h'], 'pocketstats import: --precision h: expected ns, us, ms, s'],
  ]
  await Promise.all(
    wrong.map(async ([args, line]) => {
      const { code, out, err } = await runCommand(args)
      expect([args, code, out]).toEqual([args, 2, ''])
      expect(err.startsWith(line), err).toBe(true)
    }),
  )
})

test('pocketstats says in one line what stands in the way, makes nothing, and exits with 1', async () => {
  const { run, folder, data } = install()
  for (const args of [
    ['check'],
    ['store'],
    ['export', '--format', 'csv'],
    ['backup', join(folder, 'copy')],
  ]) {
    expect(await run(args)).toEqual({
      code: 1,
      out: '',
      err: `pocketstats: There is no database ${data}; the first start makes it.\n`,
    })
  }
  const misspelt = install('[Generator]\nMaxAgee = 3\n')
  const { code, err } = await misspelt.run(['store'])
  expect(code).toBe(1)
  expect(err).toMatch(/settings\.conf:7: unknown key "MaxAgee" in \[Generator\]; did you mean "MaxAge"\?\n$/)
})

test('the bootstrap hands every word that is no program to pocketstats', () => {
  const bootstrap = (...args: string[]) =>
    spawnSync(process.execPath, [join(root, 'cli', 'bootstrap.mjs'), ...args], { encoding: 'utf8' })
  expect(bootstrap('help', 'check').stdout).toMatch(/^Usage: pocketstats check/)
  const unknown = bootstrap('strt')
  expect([unknown.status, unknown.stderr]).toEqual([
    2,
    'pocketstats: unknown command "strt"; did you mean "start"?\n',
  ])
})

test('pocketstats pair shows a code that pairs', async () => {
  const { run, withAppStore } = install()
  const { code, out } = await run(['pair'])
  expect(code).toBe(0)
  const [, pairing] = /pairing code ([0-9A-Z]{8,})/.exec(out) ?? []
  if (pairing === undefined) expect(out).toMatch(/No network was found/)
  else
    withAppStore((appStore) =>
      expect(appStore.redeemPairingCode(pairing, 'phone', Date.now())).not.toBeNull(),
    )
})
