import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../../../cli/root.ts'
import { install, rounds } from '../pocketstats.ts'

const start = Date.UTC(2026, 0, 1)

test('export writes what is asked for: project, category, stretch of time', async () => {
  const { run, withStore, withAppStore } = install()
  const point = { category: 'foo', label: 'a', value: 1 }
  withAppStore((appStore) => {
    appStore.machineProject('board')
    appStore.createProject({ name: 'Green House', kind: 'custom' })
  })
  withStore((store) => {
    store.append(rounds(start, 3))
    store.append([
      { ...point, project: 'board', category: 'other', time: start + 1000 },
      { ...point, project: 'green-house', time: start + 1000, value: -0 },
    ])
  })
  const csv = async (...args: string[]) => {
    const { code, out, err } = await run(['export', '--format', 'csv', ...args])
    expect([code, err]).toEqual([0, ''])
    return out.split('\n').slice(1, -1)
  }
  expect(await csv()).toHaveLength(8)
  expect(await csv('--project', 'Green House')).toEqual([`green-house,foo,a,${start + 1000},-0`])
  expect(await csv('--project', 'board', '--category', 'other')).toEqual([`board,other,a,${start + 1000},1`])
  expect(
    await csv('--category', 'foo', '--from', '2026-01-01T00:00:01Z', '--to', String(start / 1000 + 2)),
  ).toEqual([
    `board,foo,a,${start + 1000},0.7`,
    `board,foo,b,${start + 1000},0.8`,
    `green-house,foo,a,${start + 1000},-0`,
  ])
  expect(await csv('--from', '2030-01-01')).toEqual([])

  expect((await run(['export', '--format', 'csv', '--category', 'fo'])).err).toBe(
    'pocketstats: There is no category fo; did you mean foo?\n',
  )
  expect(await run(['export', '--format', 'csv', '--project', 'gren-house'])).toEqual({
    code: 1,
    out: '',
    err: 'pocketstats: There is no project gren-house; did you mean green-house?\n',
  })
})

test('export --out makes a whole file, and replaces one only with --force', async () => {
  const { run, folder, withStore } = install()
  withStore((store) => store.append(rounds(start, 3000)))
  const file = join(folder, 'all.ndjson')
  writeFileSync(file, 'mine')
  const refused = await run(['export', '--format', 'ndjson', '--out', file])
  expect(refused).toMatchObject({
    code: 1,
    err: `pocketstats: ${file} exists already; --force replaces it.\n`,
  })
  expect(readFileSync(file, 'utf8')).toBe('mine')
  expect(await run(['export', '--format', 'ndjson', '--out', file, '--force'])).toEqual({
    code: 0,
    out: `${file}: 6,000 points\n`,
    err: '',
  })
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
  expect(lines).toHaveLength(6000)
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    project: 'board',
    category: 'foo',
    label: 'a',
    time: start,
    value: 0,
  })
})

test('export ends quietly when its reader has enough', async () => {
  const { config, withStore } = install()
  withStore((store) => store.append(rounds(start, 50_000)))
  const child = spawn(process.execPath, [
    join(root, 'cli', 'main.ts'),
    'export',
    '--format',
    'csv',
    '--config',
    config,
  ])
  let err = ''
  child.stderr.on('data', (text) => {
    err += text
  })
  child.stdout.once('data', () => child.stdout.destroy())
  const code = await new Promise((resolve) => child.on('close', resolve))
  expect([code, err]).toEqual([0, ''])
})
