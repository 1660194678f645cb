import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { expect, test } from 'vitest'
import { openAppStore } from '../../store/app.ts'
import * as appSchema from '../../store/app-schema.ts'
import { getTableConfig } from '../../store/drizzle.ts'
import { openStore } from '../../store/open.ts'
import * as schema from '../../store/schema.ts'
import { openTemporary, openTemporaryApp, startChild, temporaryFile, temporaryFolder } from './temporary.ts'

test('openStore() makes the folder and a database that keeps a log and can shrink', () => {
  const file = join(temporaryFolder(), 'deep', 'er', 'data.db')
  openTemporary(file)
  const sqlite = new Database(file, { readonly: true })
  expect(sqlite.pragma('journal_mode', { simple: true })).toBe('wal')
  expect(sqlite.pragma('auto_vacuum', { simple: true })).toBe(2)
  expect(sqlite.pragma('page_size', { simple: true })).toBe(1024)
  sqlite.close()
})

test('openStore() finds again what an earlier process stored', () => {
  const file = temporaryFile()
  const first = openStore({ file })
  first.append([{ project: 'm', category: 'load', label: '1 min', time: 1000, value: 0.25 }])
  first.close()
  expect(openTemporary(file).latest('m')).toEqual([
    { category: 'load', id: 1, label: '1 min', time: 1000, value: 0.25 },
  ])
})

test('openStore() refuses a folder that cannot be made, naming the path', () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'taken'), '')
  const file = join(folder, 'taken', 'data.db')
  expect(() => openStore({ file })).toThrow(
    expect.objectContaining({ name: 'Problem', code: 'unavailable', message: expect.stringContaining(file) }),
  )
})

test('openStore() refuses a folder in the place of the database', () => {
  const file = temporaryFile()
  mkdirSync(file)
  expect(() => openStore({ file })).toThrow(
    expect.objectContaining({ name: 'Problem', message: expect.stringContaining(file) }),
  )
})

test('openStore() refuses a file that is no database and leaves it as it is', () => {
  const file = temporaryFile()
  const text = 'a shopping list\n'.repeat(400)
  writeFileSync(file, text)
  expect(() => openStore({ file })).toThrow(
    expect.objectContaining({
      name: 'Problem',
      message: `${file} is not a Pocketstats database; move it away or choose another file.`,
    }),
  )
  expect(readFileSync(file, 'utf8')).toBe(text)
})

test('openStore() refuses a schema newer than it knows', () => {
  const file = temporaryFile()
  openStore({ file }).close()
  const sqlite = new Database(file)
  sqlite.prepare("INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('next', 9999999999999)").run()
  sqlite.close()
  expect(() => openStore({ file })).toThrow(
    expect.objectContaining({ name: 'Problem', message: expect.stringMatching(/newer release/) }),
  )
})

test('openStore() and openAppStore() are safe when four processes make the databases at once', async () => {
  const folder = temporaryFolder()
  const moment = String(Date.now() + 1500)
  const children = Array.from({ length: 4 }, () => startChild('opener.ts', [folder, moment, '30']))
  expect(await Promise.all(children.map(({ ended }) => ended))).toEqual([0, 0, 0, 0])
  const machines = children.map(({ output }) => output().trim().split('\n'))
  expect(machines[0]).toHaveLength(30)
  expect(new Set(machines.map((ids) => ids.join())).size).toBe(1)
})

test('openAppStore() makes a file that only its owner reads', () => {
  const file = temporaryFile('app.db')
  openTemporaryApp(file).setProcess('server', 1, 2)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(statSync(`${file}-wal`).mode & 0o777).toBe(0o600)
})

test.each([
  ['data.db', openStore, schema],
  ['app.db', openAppStore, appSchema],
] as const)('migrations of %s make the columns and indexes that the schema types', (name, open, tables) => {
  const file = temporaryFile(name)
  open({ file }).close()
  const sqlite = new Database(file, { readonly: true })
  for (const table of Object.values<SQLiteTable>(tables)) {
    const config = getTableConfig(table)
    const made = sqlite.pragma(`table_info(${config.name})`) as { name: string; type: string }[]
    expect(made.map((column) => [column.name, column.type.toLowerCase()])).toEqual(
      config.columns.map((column) => [column.name, column.getSQLType()]),
    )
    const indexes = (sqlite.pragma(`index_list(${config.name})`) as { name: string }[]).map((one) => one.name)
    expect(indexes).toEqual(expect.arrayContaining(config.indexes.map((one) => one.config.name)))
  }
  sqlite.close()
})
