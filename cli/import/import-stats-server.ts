// Feeds the rows of an original StatsServer's database to the inbox, as far as they are points.

import { parseName, type ReadPoint } from '../../common/formats/format.ts'
import { Problem } from '../../common/problem.ts'
import { parseTime } from '../../common/time.ts'
import type { StatsServerHistory, StatsServerRow } from '../../store/stats-server.ts'
import { breathe } from '../progress.ts'
import type { Inbox } from './inbox.ts'

/** `onRead` is called with how many rows were read so far. */
export async function importStatsServer(
  history: StatsServerHistory,
  inbox: Inbox,
  onRead: (rows: number) => void,
): Promise<void> {
  let read = 0
  for (const rows of history.rows()) {
    for (const row of rows) take(row, inbox)
    read += rows.length
    onRead(read)
    await breathe()
  }
}

function take(row: StatsServerRow, inbox: Inbox): void {
  try {
    inbox.point(pointOf(row), row.rowid)
  } catch (error) {
    if (!(error instanceof Problem && error.code === 'invalid')) throw error
    inbox.refuse(row.rowid, error.message)
  }
}

function pointOf({ category, label, time, value, projectid }: StatsServerRow): ReadPoint {
  const isNamed = projectid !== null && projectid !== ''
  return {
    project: isNamed ? nameOf(projectid, 'project') : undefined,
    category: nameOf(category, 'category'),
    label: nameOf(label, 'label'),
    time: parseTime(numberOf(time, 'time')),
    value: numberOf(value, 'value'),
  }
}

/** SQLite keeps a number that was stored without a type as a number. */
function nameOf(given: unknown, what: 'project' | 'category' | 'label'): string {
  if (typeof given === 'string' || typeof given === 'number') return parseName(String(given), what)
  throw new Problem('invalid', `${what} is not text`)
}

function numberOf(given: unknown, what: string): number {
  if (typeof given === 'number' && Number.isFinite(given)) return given
  throw new Problem('invalid', given === null ? `${what} is missing` : `${what} is not a finite number`)
}
