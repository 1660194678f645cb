// Reads settings.conf (the INI dialect of Python's configparser) and the environment. Whatever is wrong is
// reported with its line and the nearest right spelling, all at once, and nothing starts on half-read settings.

import { nearest } from './nearest.ts'
import { Problem } from './problem.ts'
import type { SettingKind } from './setting-kinds.ts'
import { type Settings, settingsTable } from './settings-table.ts'

export type { Settings } from './settings-table.ts'

export interface SettingsSource {
  /** Text of the settings file; undefined when there is none (then all is default). */
  text?: string | undefined
  /** How the file is called in messages. */
  file: string
  /** `POCKETSTATS_<SECTION>_<KEY>` in capitals overrides the file. */
  env: Readonly<Record<string, string | undefined>>
}

type Sections = Record<string, Record<string, unknown>>

const table: Record<string, Record<string, SettingKind<unknown>>> = settingsTable
const sectionNames = Object.keys(table)

/** All settings, defaults filled in. Throws one Problem `invalid` whose message has a line per mistake. */
export function parseSettings({ text, file, env }: SettingsSource): Settings {
  const mistakes: string[] = []
  const settings: Sections = {}
  for (const section of sectionNames) {
    settings[section] = {}
    for (const [key, kind] of Object.entries(table[section] ?? {})) settings[section][key] = kind.default
  }
  if (text !== undefined) readFile(text, file, settings, mistakes)
  readEnvironment(env, settings, mistakes)
  if (mistakes.length > 0) throw new Problem('invalid', mistakes.join('\n'))
  return settings as unknown as Settings
}

function readFile(text: string, file: string, settings: Sections, mistakes: string[]): void {
  let section: string | undefined
  let inUnknownSection = false
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.replace(/^\uFEFF/, '').trim()
    const complain = (message: string | undefined) => {
      if (message !== undefined) mistakes.push(`${file}:${index + 1}: ${message}`)
    }
    if (line === '' || line.startsWith('#') || line.startsWith(';')) continue

    const header = /^\[([^\]]*)\]$/.exec(line)
    const pair = /^([^=:]+?)\s*[=:]\s*(.*)$/.exec(line)
    if (header) {
      const given = (header[1] ?? '').trim()
      section = findName(given, sectionNames)
      inUnknownSection = section === undefined
      if (inUnknownSection) complain(`unknown section [${given}]${meant(given, sectionNames, '[', ']')}`)
    } else if (!pair) {
      complain(`"${line}" is neither [Section] nor Key = value`)
    } else if (section !== undefined) {
      complain(setOne(section, pair[1] ?? '', withoutComment(pair[2] ?? ''), settings))
    } else if (!inUnknownSection) {
      complain(`"${pair[1]}" stands before any [Section]`)
    }
  }
}

function readEnvironment(env: SettingsSource['env'], settings: Sections, mistakes: string[]): void {
  const known = new Map<string, [section: string, key: string]>()
  for (const section of sectionNames) {
    for (const key of Object.keys(table[section] ?? {})) {
      known.set(`POCKETSTATS_${section}_${key}`.toUpperCase(), [section, key])
    }
  }
  const prefixes = sectionNames.map((section) => `POCKETSTATS_${section.toUpperCase()}_`)
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || !prefixes.some((prefix) => name.startsWith(prefix))) continue
    const setting = known.get(name)
    const message = setting
      ? setOne(...setting, value.trim(), settings)
      : `unknown setting${meant(name, [...known.keys()])}`
    if (message !== undefined) mistakes.push(`environment ${name}: ${message}`)
  }
}

/** Sets one setting; returns what is wrong with it, if anything. */
function setOne(section: string, givenKey: string, value: string, settings: Sections): string | undefined {
  const kinds = table[section] ?? {}
  const key = findName(givenKey, Object.keys(kinds))
  const kind = key === undefined ? undefined : kinds[key]
  if (key === undefined || kind === undefined)
    return `unknown key "${givenKey}" in [${section}]${place(givenKey, section)}`
  const parsed = kind.parse(value)
  if (parsed === undefined) {
    return `${key} = ${value}: expected ${kind.expected}${kind.words ? meant(value, kind.words) : ''}`
  }
  Object.assign(settings[section] ?? {}, { [key]: parsed })
  return undefined
}

/** Where a misplaced key belongs, or how a misspelt one is spelled. */
function place(key: string, section: string): string {
  const elsewhere = sectionNames.find((name) => findName(key, Object.keys(table[name] ?? {})))
  return elsewhere ? `; it belongs in [${elsewhere}]` : meant(key, Object.keys(table[section] ?? {}))
}

/** A `#` or `;` after white space begins a comment. */
const withoutComment = (value: string): string => value.replace(/(^|\s+)[#;].*$/, '').trim()

const findName = (given: string, names: readonly string[]): string | undefined =>
  names.find((name) => name.toLowerCase() === given.toLowerCase())

function meant(given: string, names: readonly string[], before = '"', after = '"'): string {
  const name = nearest(given, names)
  return name ? `; did you mean ${before}${name}${after}?` : `; known are ${names.join(', ')}`
}
