// The naive table that everybody writes first: one row a point, category and label as text, three indexes.

import { statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { eachPoint } from '../block.ts'
import type { Peer, PeerQuery, RunningPeer } from './peer.ts'

export const sqliteRows: Peer = {
  name: 'rows in SQLite',
  package: null,
  installed: () => true,
  start: async (folder) => open(join(folder, 'rows.db')),
}

/** In this process: nothing goes over HTTP, which is in its favour. */
function open(file: string): RunningPeer {
  const database = new Database(file)
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = NORMAL')
  database.exec(`
    CREATE TABLE data (category TEXT, label TEXT, time REAL, value REAL);
    CREATE INDEX data_category ON data (category);
    CREATE INDEX data_label ON data (category, label);
    CREATE INDEX data_time ON data (time);
  `)
  const insert = database.prepare('INSERT INTO data VALUES (?, ?, ?, ?)')
  const buckets = database.prepare<[number, string, number, number]>(
    `SELECT label, CAST(time * 1000 / ? AS INTEGER) AS bucket, min(value), avg(value), max(value)
     FROM data WHERE category = ? AND time >= ? AND time < ? GROUP BY label, bucket`,
  )
  return {
    write: async (block) =>
      database.transaction(() =>
        eachPoint(block, ({ category, label }, time, value) => {
          insert.run(category, label, time / 1000, value)
        }),
      )(),
    async settle() {
      database.pragma('wal_checkpoint(TRUNCATE)')
    },
    bytes: async () => statSync(file).size,
    async query({ category, from, to, stepMs }: PeerQuery) {
      const began = performance.now()
      buckets.all(stepMs, category, from / 1000, to / 1000)
      return performance.now() - began
    },
    async stop() {
      database.close()
    },
  }
}
