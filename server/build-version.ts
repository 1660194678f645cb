// An app that was opened before an update must notice that there is a newer one: builds are told apart by their
// first page, which names every other file by its hash.

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Twelve characters that differ from build to build; 'unbuilt' where there is none. */
export function buildVersion(assetsFolder: string): string {
  try {
    const page = readFileSync(join(assetsFolder, 'index.html'))
    return createHash('sha256').update(page).digest('hex').slice(0, 12)
  } catch {
    return 'unbuilt'
  }
}
