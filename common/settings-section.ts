// A section for the options that a plugin has, added to a settings file so that people find them there.

import { readSettingsLine } from './settings-lines.ts'
import { type NamedSection, namedSectionOf, nameInSettings } from './settings-named.ts'

export interface OptionLine {
  name: string
  /** The default as it is written in settings. */
  value: string
  help: string
}

/** The text with the section at its end, each option a comment with its default; unchanged where the section is there. */
export function withSection(
  text: string,
  { section, name, options }: { section: NamedSection; name: string; options: readonly OptionLine[] },
): string {
  const isThere = text.split(/\r?\n/).some((raw) => {
    const line = readSettingsLine(raw)
    const found = line.kind === 'section' ? namedSectionOf(line.name) : undefined
    return found?.section === section && found.name === nameInSettings(name)
  })
  if (isThere) return text
  const end = text.includes('\r\n') ? '\r\n' : '\n'
  const lines = options.flatMap((option) => {
    const help = option.help === '' ? [] : [`# ${option.help}`]
    return [...help, `# ${option.name} = ${option.value}`.trimEnd()]
  })
  const before = text.trimEnd()
  return [...(before === '' ? [] : [before, '', '']), `[${section} ${name}]`, ...lines, ''].join(end)
}
