// Reads settings.conf (the INI dialect of Python's configparser) and the environment. Whatever is wrong is
// reported with its line and the nearest right spelling, all at once, and nothing starts on half-read settings.

import { nearest } from './nearest.ts'
import { Problem } from './problem.ts'
import type { CategoryRetention, SettingKind } from './setting-kinds.ts'
import { readSettingsLine, type SettingsPair } from './settings-lines.ts'
import { type NamedSection, namedEnvironmentOf, namedSectionOf, namedSections } from './settings-named.ts'
import { retentionKind, retentionSection, type Settings, sectionOf, settingsTable } from './settings-table.ts'

export type { Settings } from './settings-table.ts'

export interface SettingsSource {
  /** Text of the settings file; undefined when there is none (then all is default). */
  text?: string | undefined
  /** How the file is called in messages. */
  file: string
  /**
   * `POCKETSTATS_<SECTION>_<KEY>` in capitals overrides the file; `POCKETSTATS_RETENTION` takes the place of that whole
   * section, its lines separated by `;`.
   */
  env: Readonly<Record<string, string | undefined>>
}

type Sections = Record<string, Record<string, unknown>>

const table: Record<string, Record<string, SettingKind<unknown>>> = settingsTable
const sectionNames = [...Object.keys(table), retentionSection]

/** How a setting, or the section without a key, is called in the environment. */
export const environmentName = (...names: readonly string[]): string =>
  ['POCKETSTATS', ...names].join('_').toUpperCase()

/** All settings, defaults filled in. Throws one Problem `invalid` whose message has a line per mistake. */
export function parseSettings({ text, file, env }: SettingsSource): Settings {
  const mistakes: string[] = []
  const settings: Sections = {
    [retentionSection]: {},
    namedEnvironment: namedEnvironmentOf(env),
    ...Object.fromEntries(namedSections.map((section) => [section, {}])),
  }
  for (const [section, kinds] of Object.entries(table)) {
    settings[section] = {}
    for (const [key, kind] of Object.entries(kinds)) settings[section][key] = kind.default
  }
  if (text !== undefined) readFile(text, file, settings, mistakes)
  readEnvironment(env, settings, mistakes)
  if (mistakes.length > 0) throw new Problem('invalid', mistakes.join('\n'))
  return settings as unknown as Settings
}

function readFile(text: string, file: string, settings: Sections, mistakes: string[]): void {
  let section: string | undefined
  let named: { section: NamedSection; name: string } | undefined
  let inUnknownSection = false
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = readSettingsLine(raw)
    const complain = (message: string | undefined) => {
      if (message !== undefined) mistakes.push(`${file}:${index + 1}: ${message}`)
    }
    if (line.kind === 'section') {
      section = findName(line.name, sectionNames)
      named = namedSectionOf(line.name)
      inUnknownSection = section === undefined && named === undefined
      if (inUnknownSection)
        complain(`unknown section [${line.name}]${meant(line.name, sectionNames, '[', ']')}`)
    } else if (line.kind === 'nonsense') {
      complain(`"${line.text}" is neither [Section] nor Key = value`)
    } else if (line.kind === 'pair' && named !== undefined) {
      setNamed(named, line, settings)
    } else if (line.kind === 'pair' && section !== undefined) {
      complain(setPair(section, line, settings))
    } else if (line.kind === 'pair' && !inUnknownSection) {
      complain(`"${line.key}" stands before any [Section]`)
    }
  }
}

const setPair = (section: string, pair: SettingsPair, settings: Sections): string | undefined =>
  section === retentionSection
    ? setRetention(pair, settings)
    : setOne(section, pair.key, pair.value, settings)

/** Its keys are looked at by whoever has that name. */
function setNamed(
  { section, name }: { section: NamedSection; name: string },
  { key, value }: SettingsPair,
  settings: Sections,
): void {
  const ofSection = settings[section] ?? {}
  ofSection[name] = Object.fromEntries([...Object.entries(ofSection[name] ?? {}), [key, value.trim()]])
}

function readEnvironment(env: SettingsSource['env'], settings: Sections, mistakes: string[]): void {
  const retention = environmentName(retentionSection)
  const known = new Map<string, [section: string, key: string]>()
  for (const [section, kinds] of Object.entries(table)) {
    for (const key of Object.keys(kinds)) known.set(environmentName(section, key), [section, key])
  }
  const prefixes = sectionNames.map((section) => `${environmentName(section)}_`)
  for (const [name, value] of Object.entries(env)) {
    const isOurs = name === retention || prefixes.some((prefix) => name.startsWith(prefix))
    if (value === undefined || !isOurs) continue
    const setting = known.get(name)
    const wrong =
      name === retention
        ? setRetentions(value, settings)
        : [
            setting
              ? setOne(...setting, value.trim(), settings)
              : `unknown setting${meant(name, [...known.keys(), retention])}`,
          ]
    for (const message of wrong) if (message !== undefined) mistakes.push(`environment ${name}: ${message}`)
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

/** Sets what is kept of one category; returns what is wrong with it, if anything. */
function setRetention({ key, isQuoted, value }: SettingsPair, settings: Sections): string | undefined {
  const owner = isQuoted ? undefined : sectionOf(key)
  if (owner !== undefined) {
    return `"${key}" is a setting and no category; it belongs in [${owner}] (a category of this name stands in quotes)`
  }
  const parsed = retentionKind.parse(value)
  if (parsed === undefined) return `${key} = ${value}: expected ${retentionKind.expected}`
  settings[retentionSection] = withOwn(settings[retentionSection], key, parsed)
  return undefined
}

/** `processors = 1y, 7d; load = 30d`, in place of all that the file says. */
function setRetentions(text: string, settings: Sections): (string | undefined)[] {
  settings[retentionSection] = {}
  return (text.match(/(?:"(?:[^"]|"")*"|[^;\n])+/g) ?? []).map((part) => {
    const line = readSettingsLine(part)
    if (line.kind === 'blank') return undefined
    return line.kind === 'pair' ? setRetention(line, settings) : `"${part.trim()}" is not Category = MaxAge`
  })
}

/** A category may be called `__proto__`. */
const withOwn = (record: Record<string, unknown> = {}, key: string, value: CategoryRetention) =>
  Object.fromEntries([...Object.entries(record), [key, value]])

/** Where a misplaced key belongs, or how a misspelt one is spelled. */
function place(key: string, section: string): string {
  const elsewhere = sectionOf(key)
  return elsewhere ? `; it belongs in [${elsewhere}]` : meant(key, Object.keys(table[section] ?? {}))
}

const findName = (given: string, names: readonly string[]): string | undefined =>
  names.find((name) => name.toLowerCase() === given.toLowerCase())

function meant(given: string, names: readonly string[], before = '"', after = '"'): string {
  const name = nearest(given, names)
  return name ? `; did you mean ${before}${name}${after}?` : `; known are ${names.join(', ')}`
}
