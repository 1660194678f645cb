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
    const complain = (message: string) => mistakes.push(`${file}:${index + 1}: ${message}`)
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
      setOne(section, pair[1] ?? '', withoutComment(pair[2] ?? ''), settings, complain)
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
    const place = known.get(name)
    const complain = (message: string) => mistakes.push(`environment ${name}: ${message}`)
    if (place) setOne(place[0], place[1], value.trim(), settings, complain)
    else complain(`unknown setting${meant(name, [...known.keys()])}`)
  }
}

function setOne(
  section: string,
  givenKey: string,
  value: string,
  settings: Sections,
  complain: (message: string) => void,
): void {
  const keys = Object.keys(table[section] ?? {})
  const key = findName(givenKey, keys)
  if (key === undefined) {
    const elsewhere = sectionNames.find((name) => findName(givenKey, Object.keys(table[name] ?? {})))
    const hint = elsewhere ? `; it belongs in [${elsewhere}]` : meant(givenKey, keys)
    return complain(`unknown key "${givenKey}" in [${section}]${hint}`)
  }
  const kind = table[section]?.[key]
  const parsed = kind?.parse(value)
  if (parsed === undefined) {
    const hint = kind?.words ? meant(value, kind.words) : ''
    return complain(`${key} = ${value}: expected ${kind?.expected}${hint}`)
  }
  const target = settings[section]
  if (target) target[key] = parsed
}

/** A `#` or `;` after white space begins a comment. */
const withoutComment = (value: string): string => value.replace(/(^|\s+)[#;].*$/, '').trim()

const findName = (given: string, names: readonly string[]): string | undefined =>
  names.find((name) => name.toLowerCase() === given.toLowerCase())

function meant(given: string, names: readonly string[], before = '"', after = '"'): string {
  const name = nearest(given, names)
  return name ? `; did you mean ${before}${name}${after}?` : `; known are ${names.join(', ')}`
}
