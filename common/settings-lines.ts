// One line of a settings file in its parts, for reading it and for changing its value where it stands.

export type SettingsLine =
  | { readonly kind: 'comment' | 'blank' }
  | { readonly kind: 'section'; readonly name: string }
  | SettingsPair
  | { readonly kind: 'nonsense'; readonly text: string }

export interface SettingsPair {
  readonly kind: 'pair'
  /** Without quotes. */
  readonly key: string
  readonly isQuoted: boolean
  /** Without the comment behind it. */
  readonly value: string
  /** What stands before the value, and behind it. */
  readonly before: string
  readonly after: string
}

const header = /^\[([^\]]*)\]$/
const pair = /^(\s*("(?:[^"]|"")*"|[^=:]+?)\s*[=:]\s*)(.*)$/
/** A `#` or `;` after white space begins a comment. */
const comment = /(?:^|\s+)(?:[#;].*)?$/

export function readSettingsLine(raw: string): SettingsLine {
  const text = raw.replace(/^\uFEFF/, '').trim()
  if (text === '') return { kind: 'blank' }
  if (/^[#;]/.test(text)) return { kind: 'comment' }
  const name = header.exec(text)?.[1]
  if (name !== undefined) return { kind: 'section', name: name.trim() }
  const [, before, givenKey, rest = ''] = pair.exec(raw.replace(/^\uFEFF/, '')) ?? []
  if (before === undefined || givenKey === undefined) return { kind: 'nonsense', text }
  const isQuoted = /^".*"$/.test(givenKey)
  const key = isQuoted ? givenKey.slice(1, -1).replaceAll('""', '"') : givenKey.trim()
  const value = rest.slice(0, comment.exec(rest)?.index)
  return { kind: 'pair', key, isQuoted, value, before, after: rest.slice(value.length) }
}

/** A name as a key: in quotes where it would be read as something else without, or where it has to be. */
export const quotedKey = (name: string, mustQuote = false): string =>
  mustQuote || !plainKey.test(name) ? `"${name.replaceAll('"', '""')}"` : name

const plainKey = /^[^\s"#;[=:]([^=:]*[^\s=:])?$/
