// What people set for gathers in settings.conf under [Gather NAME], given to the gathers as they declared it.

import { nearest } from '../common/nearest.ts'
import type { Settings } from '../common/settings.ts'
import { namedTexts, nameInSettings } from '../common/settings-named.ts'
import type { Gather } from './gather.ts'
import { type OptionValue, readOptions } from './gather-options.ts'
import type { NamedGather } from './load-gathers.ts'

export interface GatherSettings {
  optionsOf: (gather: Gather) => Readonly<Record<string, OptionValue>>
  /** What is wrong, a line each; it is left as by default. */
  mistakes: string[]
}

export function gatherSettings(
  settings: Settings,
  gathers: readonly NamedGather[],
  { stems }: { stems: readonly string[] },
): GatherSettings {
  const mistakes: string[] = []
  const given = new Map<Gather, Readonly<Record<string, OptionValue>>>()
  for (const { stem, gather } of gathers) {
    const texts = namedTexts(settings, 'Gather', stem, Object.keys(gather.options))
    const { values, mistake } = readOptions(gather.options, texts)
    if (mistake !== null) mistakes.push(`[Gather ${stem}] ${mistake}`)
    given.set(gather, values)
  }
  const known = stems.map(nameInSettings)
  for (const name of Object.keys(settings.Gather)) {
    if (known.includes(name)) continue
    const meant = nearest(name, stems)
    mistakes.push(
      `[Gather ${name}]: there is no gather of that name${meant ? `; did you mean "${meant}"?` : ''}`,
    )
  }
  return { optionsOf: (gather) => given.get(gather) ?? {}, mistakes }
}
