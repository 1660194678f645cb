// Plugins import the contract by name, wherever their folder lies: `import { gather } from 'pocketstats/gather'`.

import type { ResolveHookSync } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const generator = join(import.meta.dirname, '..')

const modules: Readonly<Record<string, string>> = {
  'pocketstats/gather': pathToFileURL(join(generator, 'gather.ts')).href,
  'pocketstats/stats-server': pathToFileURL(join(generator, 'plugins', 'stats-server.ts')).href,
}

export const resolveContract: ResolveHookSync = (specifier, context, nextResolve) => {
  const url = modules[specifier]
  return url === undefined ? nextResolve(specifier, context) : { url, shortCircuit: true }
}
