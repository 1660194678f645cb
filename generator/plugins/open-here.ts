// A module in this very process, for the command line: what it prints is seen, and Ctrl-C ends it.

import { registerHooks } from 'node:module'
import type { Settings } from '../../common/settings.ts'
import { type NamedSection, namedTexts } from '../../common/settings-named.ts'
import { systemClock } from '../../store/system-clock.ts'
import { type OptionWords, readOptions } from '../gather-options.ts'
import { createMachine } from '../machine.ts'
import { Session } from '../session.ts'
import { loadModule } from './load-module.ts'
import type { Measured } from './measured.ts'
import type { Opened } from './open-plugin.ts'
import type { PluginEntry } from './plugin-folder.ts'
import { resolveContract } from './resolve-contract.ts'
import { wordsOfError } from './words-of-error.ts'

export interface OpenedHere extends Opened {
  /** Labels that it promises; null where they come and go. */
  series: readonly string[] | null
  options: Readonly<Record<string, OptionWords>>
}

/** Rejects with words for people when the file is broken. */
export async function openHere(
  { stem, file, version }: PluginEntry,
  section: NamedSection,
  settings: Settings,
): Promise<OpenedHere> {
  registerHooks({ resolve: resolveContract })
  const inWords = async (error: unknown): Promise<never> => {
    throw new Error(await wordsOfError(error, file))
  }
  const module = await loadModule(file, version).catch(inWords)
  const { gather, words } = module
  const { values, mistake } = readOptions(
    gather.options,
    namedTexts(settings, section, stem, Object.keys(gather.options)),
  )
  const self = () => ({ gathers: [], rowsWritten: 0, databaseBytes: 0, processes: [] })
  const machine = createMachine({ settings, clock: systemClock, self })
  const session = new Session({ gather, machine, options: values })
  const read = async (): Promise<Measured> => {
    const answer = await (async () => session.read())().catch(inWords)
    return { parts: module.partsOf(answer), failure: null }
  }
  const name = words.title ?? stem.replaceAll('-', ' ')
  return {
    ...{ name, mistake, backsOff: false, series: words.series, options: words.options },
    words: { ...words, title: undefined },
    source: { read, close: () => session.close() },
  }
}
