// Makes a plugin of what a file exports: a gather, or a function in the style of the first StatsServer.

import { pathToFileURL } from 'node:url'
import type { Gather } from '../gather.ts'
import type { Part } from './measured.ts'
import type { ModuleWords } from './nest-protocol.ts'
import { gatherOfFunction, partsOfData } from './stats-server.ts'

export interface PluginModule {
  gather: Gather
  words: ModuleWords
  /** What `read()` answered, by category. */
  partsOf: (answer: unknown) => readonly Part[]
}

const seen = new Set<string>()

/** Loads the file; a version other than the first is loaded beside the old. Rejects what the module throws. */
export async function loadModule(file: string, version: string): Promise<PluginModule> {
  const url = pathToFileURL(file)
  // The plain name finds what was compiled before.
  if (seen.has(file)) url.searchParams.set('version', version)
  seen.add(file)
  const { default: given }: { default?: unknown } = await import(url.href)
  if (typeof given === 'function') {
    const gather = gatherOfFunction(given as (data: object) => unknown)
    return { gather, words: wordsOf(gather), partsOf: partsOfData }
  }
  if (!isGather(given)) {
    throw new Error('its default export is neither gather({ … }) nor a function')
  }
  const partsOf = (answer: unknown): Part[] => [{ name: '', readings: (answer ?? {}) as Part['readings'] }]
  return { gather: given, words: wordsOf(given), partsOf }
}

const isGather = (given: unknown): given is Gather =>
  typeof given === 'object' &&
  given !== null &&
  'read' in given &&
  typeof given.read === 'function' &&
  'about' in given &&
  typeof given.about === 'function'

function wordsOf({
  title = null,
  help,
  unit,
  kind,
  min,
  max,
  ...more
}: Omit<Gather, 'title'> & { title: string | undefined | null }): ModuleWords {
  const { graph, every, order, series, each, alerts, options } = more
  return {
    title: title ?? null,
    help,
    unit,
    kind,
    min,
    max,
    graph,
    every,
    order,
    series,
    each,
    alerts,
    options,
  }
}
