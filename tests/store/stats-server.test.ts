import { readFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { openStatsServer } from '../../store/stats-server.ts'
import { temporaryFile } from './temporary.ts'

function made(columns: string, rows: readonly (readonly unknown[])[]): string {
  const file = temporaryFile('stats.db')
  const sqlite = new Database(file)
  sqlite.exec(`CREATE TABLE data (${columns})`)
  const insert = sqlite.prepare(`INSERT INTO data VALUES (${columns.split(',').map(() => '?')})`)
  sqlite.transaction(() => rows.map((row) => insert.run(...row)))()
  sqlite.close()
  return file
}

test('openStatsServer() gives all rows in order and leaves the file as it is', () => {
  const rows = Array.from({ length: 12_001 }, (_, n) => ['cpu', `core ${n % 4}`, 1_600_000_000.25 + n, n / 7])
  const file = made('category TEXT, label TEXT, time REAL, value REAL', rows)
  const before = readFileSync(file)
  const history = openStatsServer(file)
  expect(history.rowCount).toBe(rows.length)
  const found = [...history.rows()].flat()
  expect(found.map(({ category, label, time, value }) => [category, label, time, value])).toEqual(rows)
  expect(found[0]).toMatchObject({ rowid: 1, projectid: null })
  history.close()
  expect(readFileSync(file).equals(before)).toBe(true)
})

test('openStatsServer() gives the project of rows that have one, and what is wrong as it stands', () => {
  const file = made('projectid TEXT, category TEXT, label TEXT, time REAL, value REAL', [
    ['testuuid', 'foo', 'bar', 1_600_000_000, 42],
    [null, 'foo', null, 'noon', null],
  ])
  const history = openStatsServer(file)
  expect([...history.rows()].flat()).toEqual([
    { rowid: 1, projectid: 'testuuid', category: 'foo', label: 'bar', time: 1_600_000_000, value: 42 },
    { rowid: 2, projectid: null, category: 'foo', label: null, time: 'noon', value: null },
  ])
  history.close()
})
