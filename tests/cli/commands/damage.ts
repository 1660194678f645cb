// Damages a history as a failing disk would: one byte in the middle of a chunk is another.

import Database from 'better-sqlite3'

/** The chunk of single points that begins at `first` (ms). */
export function damage(file: string, first: number): void {
  const sqlite = new Database(file)
  const row = sqlite
    .prepare<[number], { id: number; data: Buffer }>(
      'SELECT id, data FROM chunk WHERE step = 0 AND first = ?',
    )
    .get(first)
  if (!row) throw new Error(`no chunk begins at ${first}`)
  const middle = row.data.length >> 1
  row.data.writeUInt8(row.data.readUInt8(middle) ^ 1, middle)
  sqlite.prepare('UPDATE chunk SET data = ? WHERE id = ?').run(row.data, row.id)
  sqlite.close()
}
