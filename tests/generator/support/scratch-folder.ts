// A folder for all tests of a file, gone after the last.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pocketstats-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
