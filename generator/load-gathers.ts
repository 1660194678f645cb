// Finds the gathers by listing their folder: dropping a file in is all that a new measurement takes.

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { nearest } from '../common/nearest.ts'
import type { Gather } from './gather.ts'

export interface NamedGather {
  /** The category. */
  name: string
  /** The file's name without its ending: how settings call it. */
  stem: string
  gather: Gather
}

export interface LoadedGathers {
  /** Of every file, those that are left out among them. */
  stems: string[]
  /** In the order of their cards. */
  gathers: NamedGather[]
  /** Files that could not be loaded, by the category they would have had, and why. */
  broken: { name: string; message: string }[]
  /** Names to be left out that no file has, in words for people. */
  unknown: string[]
}

/** Loads every file of the folder but the `disabled` (by file name without its ending), which may be `others` as well. */
export async function loadGathers(
  folder: string,
  disabled: readonly string[] = [],
  others: readonly string[] = [],
): Promise<LoadedGathers> {
  const files = readdirSync(folder)
    .filter((file) => /\.(ts|js|mjs)$/.test(file) && !file.endsWith('.d.ts'))
    .sort()
  const stems = files.map(stemOf)
  const wanted = files.filter((file) => !disabled.includes(stemOf(file)))
  const loaded: LoadedGathers = {
    stems,
    gathers: [],
    broken: [],
    unknown: disabled
      .filter((name) => !stems.includes(name) && !others.includes(name))
      .map((name) => complaint(name, stems)),
  }
  for (const file of wanted) {
    const name = stemOf(file).replaceAll('-', ' ')
    try {
      const gather = await load(join(folder, file))
      loaded.gathers.push({ name: gather.title ?? name, stem: stemOf(file), gather })
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      loaded.broken.push({ name, message: `${file}: ${reason}` })
    }
  }
  loaded.gathers.sort((a, b) => a.gather.order - b.gather.order)
  return loaded
}

async function load(path: string): Promise<Gather> {
  const { default: gather }: { default?: Gather } = await import(pathToFileURL(path).href)
  if (typeof gather?.read !== 'function' || typeof gather.about !== 'function') {
    throw new Error('its default export is not gather({ … })')
  }
  return gather
}

const stemOf = (file: string): string => file.replace(/\.\w+$/, '')

function complaint(name: string, stems: readonly string[]): string {
  const meant = nearest(name, stems)
  return `DisabledGathers: there is no gather "${name}"${meant ? `; did you mean "${meant}"?` : ''}`
}
