import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { root } from '../../cli/root.ts'

const folder = mkdtempSync(join(tmpdir(), 'pocketstats-bootstrap-'))

afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('bootstrap installs what builds the app also where the machine leaves it out, and says when it cannot', () => {
  mkdirSync(join(folder, 'cli'))
  copyFileSync(join(root, 'cli', 'bootstrap.mjs'), join(folder, 'cli', 'bootstrap.mjs'))
  const npm = join(folder, 'npm.js')
  const asked = join(folder, 'asked.json')
  writeFileSync(
    npm,
    `require('node:fs').writeFileSync(${JSON.stringify(asked)}, JSON.stringify(process.argv.slice(2))); process.exit(1)`,
  )
  const env = { ...process.env, NODE_ENV: 'production', npm_execpath: npm }
  const { status, stderr } = spawnSync(process.execPath, [join(folder, 'cli', 'bootstrap.mjs'), 'start'], {
    env,
  })
  expect(JSON.parse(readFileSync(asked, 'utf8')).slice(0, 3)).toEqual([
    'ci',
    '--include=dev',
    '--include=optional',
  ])
  expect([status, stderr.toString()]).toEqual([
    1,
    'pocketstats: the dependencies could not be installed; what npm says stands above\n',
  ])
})
