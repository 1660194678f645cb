// Sections of settings.conf that are about one thing with a name: [Gather ping], [Plugin rooms], [Scrape router]. What
// keys they have only that thing knows, so their texts are kept as they are until it is there.

/** Words that such a section's name begins with. */
export const namedSections = ['Gather', 'Plugin', 'Scrape'] as const

export type NamedSection = (typeof namedSections)[number]

/** Texts by key, by name (lower case, hyphens as spaces). */
export type NamedSettings = {
  readonly [S in NamedSection]: Readonly<Record<string, Readonly<Record<string, string>>>>
} & {
  /** `POCKETSTATS_GATHER_PING_HOSTS` and its like. */
  readonly namedEnvironment: Readonly<Record<string, string>>
}

/** How things are called in sections: `Disk-IO` and `disk io` are the same. */
export const nameInSettings = (name: string): string =>
  name.trim().toLowerCase().replaceAll('-', ' ').replaceAll(/\s+/g, ' ')

/** `Gather ping` in its two parts; undefined for any other section. */
export function namedSectionOf(header: string): { section: NamedSection; name: string } | undefined {
  const [, word, name] = /^(\w+)\s+(.+)$/.exec(header) ?? []
  const section = namedSections.find((one) => one.toLowerCase() === word?.toLowerCase())
  return section && name !== undefined ? { section, name: nameInSettings(name) } : undefined
}

/** How an option is called in the environment. */
export const namedVariable = (section: NamedSection, name: string, key: string): string =>
  `POCKETSTATS_${section}_${name}_${key}`.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')

const prefixes = namedSections.map((section) => `POCKETSTATS_${section.toUpperCase()}_`)

/** What the environment says of named things. */
export const namedEnvironmentOf = (
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      value !== undefined && prefixes.some((prefix) => name.startsWith(prefix)) ? [[name, value]] : [],
    ),
  )

/** What was set for a thing, as texts by key; `known` keys may stand in the environment too, which counts more. */
export function namedTexts(
  settings: NamedSettings,
  section: NamedSection,
  name: string,
  known: readonly string[],
): Record<string, string> {
  const inFile = settings[section][nameInSettings(name)] ?? {}
  const texts: Record<string, string> = { ...inFile }
  for (const key of known) {
    const value = settings.namedEnvironment[namedVariable(section, name, key)]
    if (value === undefined) continue
    for (const given of Object.keys(texts)) if (given.toLowerCase() === key.toLowerCase()) delete texts[given]
    texts[key] = value
  }
  return texts
}
