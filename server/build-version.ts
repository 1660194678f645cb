// An app that was opened before an update must notice that there is a newer one, and one that is newer than its server
// that it is: both know the name that the build wrote into its first page.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Twelve characters that differ from build to build; 'unbuilt' where there is none. */
export function buildVersion(assetsFolder: string): string {
  try {
    const page = readFileSync(join(assetsFolder, 'index.html'), 'utf8')
    return /<meta name="build" content="(\w+)"/.exec(page)?.[1] ?? 'unbuilt'
  } catch {
    return 'unbuilt'
  }
}
