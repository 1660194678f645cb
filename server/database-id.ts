// A connection may only go on where it stopped in the same database file.

import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'

/** Eight characters that change when `file` is deleted and made anew, or replaced by a copy. */
export function databaseId(file: string): string {
  const { dev, ino, birthtimeMs } = statSync(file)
  return createHash('sha256').update(`${dev} ${ino} ${birthtimeMs}`).digest('base64url').slice(0, 8)
}
