// What SQLite itself finds wrong with a database file.

import type { Database } from 'better-sqlite3'

/** A sentence for each thing that is wrong; none when all is well. */
export function quickCheck(sqlite: Database): string[] {
  const found = sqlite.pragma('quick_check') as { quick_check: string }[]
  return found.map(({ quick_check: what }) => what).filter((what) => what !== 'ok')
}
