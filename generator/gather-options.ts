// Settings that a gather declares for itself, each by a default that also says what type it has. People set them in
// settings.conf under [Gather NAME] (built-in) or [Plugin NAME] (their own).

import { nearest } from '../common/nearest.ts'
import { bytes, duration, list, type SettingKind, text, yesNo } from '../common/setting-kinds.ts'

export type OptionValue = number | boolean | string | readonly string[]

export interface OptionWords {
  /** Also says what is expected: a number, yes or no, text, or a list of words. */
  readonly default: OptionValue
  /** One sentence for people. */
  readonly help: string
  /** Of a number that is a time (`30s`, `5min`) or a size (`10MiB`). */
  readonly unit?: 's' | 'byte'
}

/** `{ Port: 80 }`, or with words for people `{ Port: { default: 80, help: '…' } }`. */
export type OptionDeclarations = Readonly<Record<string, OptionValue | OptionWords>>

/** What the default `80` stands for is any number. */
type Widened<V> = V extends number
  ? number
  : V extends boolean
    ? boolean
    : V extends string
      ? string
      : V extends readonly unknown[]
        ? readonly string[]
        : never

/** The types of the values that declarations stand for. */
export type OptionValues<O extends OptionDeclarations> = {
  readonly [K in keyof O]: O[K] extends OptionWords ? Widened<O[K]['default']> : Widened<O[K]>
}

/** Declarations with words; a bare default has none. */
export function optionWords(declared: OptionDeclarations): Record<string, OptionWords> {
  return Object.fromEntries(
    Object.entries(declared).map(([name, one]) => [name, hasWords(one) ? one : { default: one, help: '' }]),
  )
}

const hasWords = (one: OptionValue | OptionWords): one is OptionWords =>
  typeof one === 'object' && 'default' in one

/** The default of each option, by name. */
export const defaultsOf = (options: Readonly<Record<string, OptionWords>>): Record<string, OptionValue> =>
  Object.fromEntries(Object.entries(options).map(([name, words]) => [name, words.default]))

const century = 100 * 365 * 86_400

/** How an option's text is read. */
export function optionKind(words: OptionWords): SettingKind<OptionValue> {
  const { default: value, unit } = words
  if (typeof value === 'boolean') return yesNo(value)
  if (typeof value === 'string') return text(value)
  if (typeof value !== 'number') return list(value)
  if (unit === 's') return duration(value, { least: 0, most: century })
  if (unit === 'byte') return bytes(value)
  return { default: value, expected: 'a number', parse: number }
}

const number = (given: string): number | undefined =>
  given !== '' && Number.isFinite(Number(given)) ? Number(given) : undefined

/** An option's value as it stands in settings.conf. */
export const optionText = (value: OptionValue): string => {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'object' ? value.join(', ') : String(value)
}

export interface ReadOptions {
  values: Record<string, OptionValue>
  /** What is wrong, in words for people; null when nothing is. */
  mistake: string | null
}

/** The options' values as set in a section (names in any case); what is wrong has its default. */
export function readOptions(
  options: Readonly<Record<string, OptionWords>>,
  given: Readonly<Record<string, string>>,
): ReadOptions {
  const values = defaultsOf(options)
  let mistake: string | null = null
  for (const [key, value] of Object.entries(given)) {
    const name = Object.keys(options).find((one) => one.toLowerCase() === key.toLowerCase())
    const words = name === undefined ? undefined : options[name]
    if (name === undefined || words === undefined) {
      mistake ??= unknownOption(key, Object.keys(options))
      continue
    }
    const kind = optionKind(words)
    const parsed = kind.parse(value.trim())
    if (parsed === undefined) mistake ??= `${name} = ${value}: expected ${kind.expected}`
    else values[name] = parsed
  }
  return { values, mistake }
}

function unknownOption(key: string, known: readonly string[]): string {
  const meant = nearest(key, known)
  if (meant) return `settings.conf: unknown option "${key}"; did you mean "${meant}"?`
  return `settings.conf: unknown option "${key}"; ${known.length > 0 ? `known are ${known.join(', ')}` : 'it has none'}`
}
