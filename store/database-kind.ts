// What a file is, by its content: people name files as they like.

import { closeSync, openSync, readSync } from 'node:fs'
import Database from 'better-sqlite3'
import { withSqliteProblems } from './sqlite-problem.ts'

/** `history`: our data.db or a backup; `devices`: our app.db; `stats-server`: the original StatsServer's data.db. */
export type DatabaseKind = 'history' | 'devices' | 'stats-server' | 'other'

/** Undefined where the file is no SQLite database. Throws a Problem `unavailable` when it cannot be opened as one. */
export function databaseKind(file: string): DatabaseKind | undefined {
  if (!beginsLikeSqlite(file)) return undefined
  return withSqliteProblems(file, () => {
    const sqlite = new Database(file, { readonly: true })
    try {
      return kindOf(sqlite)
    } finally {
      sqlite.close()
    }
  })
}

function kindOf(sqlite: Database.Database): DatabaseKind {
  const columnsOf = (table: string): string[] =>
    sqlite.prepare<[string], string>('SELECT lower(name) FROM pragma_table_info(?)').pluck().all(table)
  const has = (table: string, columns: readonly string[]): boolean => {
    const found = columnsOf(table)
    return columns.every((column) => found.includes(column))
  }
  if (has('category', ['project', 'every_seconds']) && has('series', ['category', 'label'])) return 'history'
  if (has('device', ['last_seen']) && has('project', ['id_hash'])) return 'devices'
  if (has('data', ['category', 'label', 'time', 'value'])) return 'stats-server'
  return 'other'
}

/** https://www.sqlite.org/fileformat.html#the_database_header */
function beginsLikeSqlite(file: string): boolean {
  const start = Buffer.alloc(16)
  const opened = openSync(file, 'r')
  try {
    return readSync(opened, start, 0, 16, 0) === 16 && start.toString('latin1') === 'SQLite format 3\0'
  } finally {
    closeSync(opened)
  }
}
