import { writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { databaseKind } from '../../store/database-kind.ts'
import { openTemporary, openTemporaryApp, temporaryFile } from './temporary.ts'

function made(sql: string): string {
  const file = temporaryFile('some.db')
  const sqlite = new Database(file)
  sqlite.exec(sql)
  sqlite.close()
  return file
}

test('databaseKind() tells databases apart by what is in them', () => {
  const [data, app] = [temporaryFile(), temporaryFile('app.db')]
  openTemporary(data)
  openTemporaryApp(app)
  expect(databaseKind(data)).toBe('history')
  expect(databaseKind(app)).toBe('devices')
  expect(databaseKind(made('CREATE TABLE data (category TEXT, label TEXT, time REAL, value REAL)'))).toBe(
    'stats-server',
  )
  expect(databaseKind(made('CREATE TABLE Data (ProjectId, Time, Value, Label, Category)'))).toBe(
    'stats-server',
  )
  expect(databaseKind(made('CREATE TABLE data (category TEXT)'))).toBe('other')
})

test('databaseKind() is undefined for what is no SQLite database', () => {
  const file = temporaryFile('some.csv')
  writeFileSync(file, '')
  expect(databaseKind(file)).toBeUndefined()
  writeFileSync(file, 'project,category,label,time,value\n')
  expect(databaseKind(file)).toBeUndefined()
})
