// Reads the history of the original StatsServer: one table `data` with a row a point, time in seconds, and in later
// releases the id of the project that it was added to.

import Database from 'better-sqlite3'
import { withSqliteProblems } from './sqlite-problem.ts'

/** A row as it stands there: whatever SQLite kept, for its columns take anything. */
export interface StatsServerRow {
  rowid: number
  category: unknown
  label: unknown
  time: unknown
  value: unknown
  /** Null in releases that know no projects. */
  projectid: unknown
}

export interface StatsServerHistory {
  rowCount: number
  /** All rows in order of storing, some thousands at a time. */
  rows(): Iterable<readonly StatsServerRow[]>
  close(): void
}

const rowsAtOnce = 5000

/** Opens read-only. Throws a Problem `unavailable` when the file cannot be read. */
export function openStatsServer(file: string): StatsServerHistory {
  return withSqliteProblems(file, () => {
    const sqlite = new Database(file, { fileMustExist: true, readonly: true })
    const hasProjects = sqlite
      .prepare("SELECT 1 FROM pragma_table_info('data') WHERE lower(name) = 'projectid'")
      .get()
    const projectid = hasProjects ? 'projectid' : 'NULL AS projectid'
    const next = sqlite.prepare<[number], StatsServerRow>(
      `SELECT rowid, category, label, time, value, ${projectid} FROM data WHERE rowid > ? ORDER BY rowid LIMIT ${rowsAtOnce}`,
    )
    return {
      rowCount: sqlite.prepare<[], number>('SELECT count(*) FROM data').pluck().get() ?? 0,
      *rows() {
        let last = Number.MIN_SAFE_INTEGER
        for (;;) {
          const rows = withSqliteProblems(file, () => next.all(last))
          if (rows.length === 0) return
          yield rows
          last = rows.at(-1)?.rowid ?? last
        }
      },
      close: () => sqlite.close(),
    }
  })
}
