// Databases of the first release kept a row per category and moment, and sums per minute and hour. Their points go
// into the log, a little at a time and oldest first, from where they are sealed like any other; then those tables go.

import { ByteReader } from './codec/bytes.ts'
import type { Connection } from './connection.ts'
import { LogEntryWriter } from './history/log-entry.ts'

interface OldRound {
  id: number
  category: number
  time: number
  points: Buffer
}

/** Rows of one transaction. */
const roundsAtOnce = 1000

/** Moves everything; `between` is called after each transaction. Safe when two programs do so at once. */
export function carryOver(connection: Connection, between: () => void): void {
  while (connection.read(() => hasRounds(connection))) {
    connection.write(() => {
      if (hasRounds(connection)) moveSome(connection)
    })
    between()
  }
}

const hasRounds = ({ sqlite }: Connection): boolean =>
  sqlite.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'round'").get() !== undefined

function moveSome({ sqlite }: Connection): void {
  const rows = sqlite.prepare<[], OldRound>(`SELECT * FROM round ORDER BY time LIMIT ${roundsAtOnce}`).all()
  if (rows.length === 0) {
    sqlite.exec('DROP TABLE round; DROP TABLE rollup')
    return
  }
  const entry = new LogEntryWriter()
  for (const { category, time, points } of rows) {
    eachOfRound(points, (series, value) => entry.add(category, series, time, value))
  }
  // Above every id there ever was, so that no position of somebody who follows goes back.
  const row = sqlite
    .prepare<[], number>(
      'SELECT 1 + max((SELECT coalesce(max(id), 0) FROM log), (SELECT max(id) FROM round))',
    )
    .pluck()
    .get()
  if (entry.length > 0) sqlite.prepare('INSERT INTO log (id, points) VALUES (?, ?)').run(row, entry.take())
  const remove = sqlite.prepare('DELETE FROM round WHERE id = ?')
  for (const { id } of rows) remove.run(id)
}

/** How many series, their ids ascending (each as the distance from the one before), then a float64 each. */
function eachOfRound(blob: Buffer, visit: (series: number, value: number) => void): void {
  const bytes = new ByteReader(blob)
  const ids: number[] = []
  const count = bytes.varint()
  for (let i = 0; i < count; i++) ids.push((ids.at(-1) ?? 0) + bytes.varint())
  for (const id of ids) visit(id, bytes.float64())
}
