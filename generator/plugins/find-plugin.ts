// Finds a plugin or a built-in gather by what people call it: its name, its file's name, or a path.

import { basename, dirname, join, resolve } from 'node:path'
import { nearest } from '../../common/nearest.ts'
import { Problem } from '../../common/problem.ts'
import type { Settings } from '../../common/settings.ts'
import { nameInSettings } from '../../common/settings-named.ts'
import { listPlugins, type PluginEntry } from './plugin-folder.ts'

export interface FoundPlugin {
  entry: PluginEntry
  isBuiltIn: boolean
}

const gathers = join(import.meta.dirname, '..', 'gathers')

/** All there are: those of the user first. `settingsFile`: relative folders are meant from there. */
export function allPlugins(settings: Settings, settingsFile: string): FoundPlugin[] {
  const folder = resolve(dirname(settingsFile), settings.Generator.PluginDirectory)
  return [
    ...listPlugins(folder).map((entry) => ({ entry, isBuiltIn: false })),
    ...listPlugins(gathers).map((entry) => ({ entry, isBuiltIn: true })),
  ]
}

/** Throws a Problem `not-found` with the nearest name. */
export function findPlugin(given: string, settings: Settings, settingsFile: string): FoundPlugin {
  const all = allPlugins(settings, settingsFile)
  const path = resolve(given)
  const wanted = nameInSettings(given)
  const found =
    all.find(({ entry }) => entry.file === path) ??
    all.find(({ entry }) => nameInSettings(entry.stem) === wanted || basename(entry.file) === given) ??
    listPlugins(dirname(path)).flatMap((entry) => (entry.file === path ? { entry, isBuiltIn: false } : []))[0]
  if (found) return found
  const meant = nearest(
    given,
    all.map(({ entry }) => entry.stem),
  )
  throw new Problem('not-found', `there is no plugin "${given}"${meant ? `; did you mean "${meant}"?` : ''}`)
}
