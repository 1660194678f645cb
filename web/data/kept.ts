// What this device remembers between visits, in the browser's local storage. Where that is refused (private windows,
// full storage) everything works, only nothing is remembered.

import { type Arrangement, unarranged } from '../first/arrange.ts'

export type ThemeChoice = 'system' | 'light' | 'dark'

interface Kept {
  theme: ThemeChoice
  /** Automatic update. */
  auto: boolean
  /** Key of the project looked at last; '' when none. */
  project: string
  /** Length of the live window (ms). */
  range: number
}

const defaults: Kept = { theme: 'system', auto: true, project: '', range: 10 * 60_000 }

/** A remembered setting; its default where nothing, or nothing sensible, is remembered. */
export function kept<K extends keyof Kept>(key: K): Kept[K] {
  const value = read(key)
  return typeof value === typeof defaults[key] ? (value as Kept[K]) : defaults[key]
}

export const keep = <K extends keyof Kept>(key: K, value: Kept[K]): void => write(key, value)

/** Labels of the series that are switched off, by category. */
export type SeriesOff = Readonly<Record<string, readonly string[]>>

export function seriesOff(project: string): SeriesOff {
  const value = read(`off:${project}`)
  if (typeof value !== 'object' || value === null) return {}
  const sound = Object.entries(value).filter(([, labels]) => Array.isArray(labels))
  return Object.fromEntries(sound)
}

/** Switches one series off, or on when it is off; returns what is off now. */
export function toggleSeries(project: string, category: string, label: string): SeriesOff {
  const before = seriesOff(project)
  const labels = before[category] ?? []
  const now = labels.includes(label) ? labels.filter((other) => other !== label) : [...labels, label]
  return keepOff(project, { ...before, [category]: now })
}

/** Switches all of a category's series off but one, or, when it is so already, all on; returns what is off now. */
export function soloSeries(
  project: string,
  category: string,
  label: string,
  labels: readonly string[],
): SeriesOff {
  const before = seriesOff(project)
  const others = labels.filter((other) => other !== label)
  const off = before[category] ?? []
  const isAlone = !off.includes(label) && others.every((other) => off.includes(other))
  return keepOff(project, { ...before, [category]: isAlone ? [] : others })
}

function keepOff(project: string, off: SeriesOff): SeriesOff {
  write(`off:${project}`, off)
  return off
}

/** How the viewer arranged a project's cards. */
export function keptArrangement(project: string): Arrangement {
  const value = read(`cards:${project}`)
  if (typeof value !== 'object' || value === null) return unarranged
  const names = (part: keyof Arrangement): string[] => {
    const list = (value as Partial<Arrangement>)[part]
    return Array.isArray(list) ? list.filter((name) => typeof name === 'string') : []
  }
  return { pinned: names('pinned'), hidden: names('hidden'), order: names('order') }
}

export const keepArrangement = (project: string, arrangement: Arrangement): void =>
  write(`cards:${project}`, arrangement)

const prefix = 'pocketstats:'

function read(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(prefix + key) ?? 'null')
  } catch {
    return null
  }
}

function write(key: string, value: unknown): void {
  try {
    localStorage.setItem(prefix + key, JSON.stringify(value))
  } catch {
    // Not remembered.
  }
}
