// The plainest format: a line a value, `label value unit`, with a colon, an equals sign or nothing but space between
// label and value. Lines that begin with # may say what all is about: `# help: …`, `# unit: °C`.

import type { Reading } from '../../gather.ts'
import type { CategoryWords } from '../measured.ts'
import type { Output } from './output.ts'
import { unitFromText } from './units-of-others.ts'

const line =
  /^("[^"]*"|.*[^\s:=])(?:\s*[:=]\s*|\s+)([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)(?:\s*([^\d\s].*))?$/i
const word = /^#\s*(help|title|unit|kind|min|max|graph|every)\s*[:=]\s*(.+)$/i

/** Throws where no line has a value. */
export function readLines(text: string): Output {
  const readings: Record<string, Reading> = {}
  const words: Record<string, string> = {}
  let failure: string | null = null
  for (const raw of text.split('\n')) {
    const trimmed = raw.trim()
    const [, key, said] = word.exec(trimmed) ?? []
    if (key !== undefined && said !== undefined) words[key.toLowerCase()] = said.trim()
    if (trimmed === '' || trimmed.startsWith('#')) continue
    const [, label, value, unit] = line.exec(trimmed) ?? []
    if (label === undefined) failure ??= `"${trimmed.slice(0, 60)}" is not: label value unit`
    else readings[label.replace(/^"|"$/g, '')] = readingOf(Number(value), unit)
  }
  if (failure !== null && Object.keys(readings).length === 0) throw new Error(failure)
  return { parts: [{ name: '', readings }], words: wordsIn(words), failure }
}

const readingOf = (value: number, unit: string | undefined): Reading =>
  unit === undefined ? { value } : { value, unit: unitFromText(unit) }

/** What a program says of its numbers, from texts. */
export function wordsIn(texts: Readonly<Record<string, unknown>>): Partial<CategoryWords> {
  const { help, title, unit, kind, min, max, graph, every } = texts
  const number = (given: unknown): number => Number(given)
  return {
    ...(typeof help === 'string' && { help }),
    ...(typeof title === 'string' && { title }),
    ...(typeof unit === 'string' && { unit: textOf(unit) }),
    ...((kind === 'counter' || kind === 'gauge') && { kind }),
    ...(Number.isFinite(number(min)) && min !== null && { min: number(min) }),
    ...(Number.isFinite(number(max)) && max !== null && { max: number(max) }),
    ...(graph !== undefined && { graph: !/^(no|false|off|0)$/i.test(String(graph)) }),
    ...(number(every) > 0 && { every: number(every) }),
  }
}

const textOf = (unit: string): string => {
  const known = unitFromText(unit)
  return typeof known === 'string' ? known : known.free
}
