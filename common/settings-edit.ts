// Changes settings in the text of a settings file and leaves everything else as people wrote it: comments, order,
// spelling, and the ends of lines.

import { quotedKey, readSettingsLine, type SettingsPair } from './settings-lines.ts'
import { sectionOf } from './settings-table.ts'

export interface SettingsChange {
  section: string
  /** As it shall be spelled where the file does not have it yet; a name that people made up is told from others by case. */
  key: string
  isName?: boolean
  /** Null takes the line away. */
  value: string | null
}

/** The text with the changes made. A key that stands there several times is changed where it counts: the last time. */
export function editSettings(text: string, changes: readonly SettingsChange[]): string {
  const end = text.includes('\r\n') ? '\r\n' : '\n'
  const lines = text.split(/\r?\n/)
  for (const change of changes) edit(lines, change)
  return lines.join(end)
}

interface Place {
  index: number
  pair: SettingsPair
}

function edit(lines: string[], change: SettingsChange): void {
  const places = placesOf(lines, change)
  const last = places.at(-1)
  if (change.value === null) {
    for (const { index } of places.toReversed()) lines.splice(index, 1)
  } else if (last) {
    const { before, value, after } = last.pair
    const mark = /^\uFEFF/.exec(lines[last.index] ?? '')?.[0] ?? ''
    // An empty value may have lost the space before it.
    const space = value === '' && /[=:]$/.test(before) ? ' ' : ''
    lines[last.index] = `${mark}${before}${space}${change.value}${after}`
  } else {
    insert(lines, change.section, `${keyText(change)} = ${change.value}`)
  }
}

function placesOf(lines: readonly string[], { section, key, isName }: SettingsChange): Place[] {
  const places: Place[] = []
  let isInside = false
  for (const [index, raw] of lines.entries()) {
    const line = readSettingsLine(raw)
    if (line.kind === 'section') isInside = isSame(line.name, section)
    if (line.kind !== 'pair' || !isInside) continue
    if (isName ? line.key === key : isSame(line.key, key)) places.push({ index, pair: line })
  }
  return places
}

/** Behind the last setting of the section, or behind the words at its beginning; a new section where there is none. */
function insert(lines: string[], section: string, line: string): void {
  const kinds = lines.map((raw) => readSettingsLine(raw))
  const start = kinds.findLastIndex((part) => part.kind === 'section' && isSame(part.name, section))
  if (start < 0) {
    while (lines.at(-1)?.trim() === '') lines.pop()
    lines.push(...(lines.length > 0 ? [''] : []), `[${section}]`, line, '')
    return
  }
  const next = kinds.findIndex((part, index) => index > start && part.kind === 'section')
  const end = next < 0 ? lines.length : next
  const lastPair = kinds.findLastIndex((part, index) => index < end && index > start && part.kind === 'pair')
  if (lastPair >= 0) {
    lines.splice(lastPair + 1, 0, line)
    return
  }
  // Words that touch the next section's name belong to it.
  let stop = end
  if (next >= 0) while (kinds[stop - 1]?.kind === 'comment' && stop - 1 > start) stop--
  while (stop - 1 > start && kinds[stop - 1]?.kind === 'blank') stop--
  lines.splice(stop, 0, line)
}

const keyText = ({ key, isName }: SettingsChange): string =>
  isName ? quotedKey(key, sectionOf(key) !== undefined) : key

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()
