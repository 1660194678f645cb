// Makes a source of readings out of a file: a module goes to a nest, a program is run.

import { duration } from '../../common/setting-kinds.ts'
import { namedTexts } from '../../common/settings-named.ts'
import type { OptionWords } from '../gather-options.ts'
import type { CategoryWords, Source } from './measured.ts'
import type { PluginEntry } from './plugin-folder.ts'
import type { PluginHostOptions } from './plugin-host.ts'

export interface Opened {
  /** Name of its category where it has one of its own. */
  name: string
  words: CategoryWords
  source: Source
  /** What is wrong with its settings, which are as by default then; null when nothing is. */
  mistake: string | null
  backsOff: boolean
  options?: Readonly<Record<string, OptionWords>>
}

const interval = duration(1, { least: 0.1, most: 86_400 })

/** Rejects with words for people when the file is broken. */
export async function openModule(
  { stem, file }: PluginEntry,
  version: string,
  { nests, settings, mostSeries }: PluginHostOptions,
): Promise<Opened> {
  const plugin = `${file} ${version}`
  const { Every, ...texts } = namedTexts(settings(), 'Plugin', stem, ['Every'])
  const every = Every === undefined ? undefined : interval.parse(Every)
  const { words, mistake } = await nests.add({ plugin, file, version, texts, mostSeries })
  const wrong =
    Every !== undefined && every === undefined ? `Every = ${Every}: expected ${interval.expected}` : null
  const source: Source = { read: () => nests.read(plugin), close: () => nests.remove(plugin) }
  const name = words.title ?? stem.replaceAll('-', ' ')
  const ownWords = { ...words, title: undefined, every: every ?? words.every }
  return { name, words: ownWords, source, mistake: mistake ?? wrong, backsOff: false, options: words.options }
}
