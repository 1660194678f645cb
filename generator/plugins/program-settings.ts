// How a program in the plugin folder is to be run: by a line near its beginning, such as `# pocketstats: every=30s
// keep-running`, and by its section [Plugin NAME], which counts more.

import { nearest } from '../../common/nearest.ts'
import { bytes, duration, list, text, yesNo } from '../../common/setting-kinds.ts'
import { type Format, formats } from './formats/output.ts'

export interface ProgramSettings {
  /** Seconds; undefined: by how long it takes. */
  every: number | undefined
  /** Started once and fed a newline a round. */
  keepRunning: boolean
  /** Undefined: told by what it prints. */
  format: Format | undefined
  args: readonly string[]
  timeoutSeconds: number
  mostBytes: number
  env: Record<string, string>
  /** Name of the user to run as; '' as the setting PluginUser says. */
  user: string
  /** What is wrong, in words for people; null when nothing is. */
  mistake: string | null
}

const day = 86_400
const mostBytes = 256 * 1024
const kinds = {
  Every: duration(0, { least: 0.1, most: day }),
  KeepRunning: yesNo(false),
  Format: text(''),
  Arguments: list(),
  Timeout: duration(10, { least: 0.1, most: 3600 }),
  MostOutput: bytes(mostBytes),
  User: text(''),
}
const names = Object.keys(kinds)
const head = /pocketstats:\s*(\S.*)$/m

/** `text` is the beginning of the file, `given` what its section says. */
export function programSettings(beginning: string, given: Readonly<Record<string, string>>): ProgramSettings {
  const values: Record<string, unknown> = {}
  const env: Record<string, string> = {}
  let mistake: string | null = null
  for (const [key, value] of [...wordsIn(beginning), ...Object.entries(given)]) {
    const [, variable] = /^env\.(\w+)$/i.exec(key) ?? []
    const wrong = variable === undefined ? set(values, key, value) : null
    if (variable !== undefined) env[variable] = value
    mistake ??= wrong
  }
  const { Every, KeepRunning = false, Format = '', Arguments = [], Timeout = 10, ...more } = values
  if (Format !== '' && !isFormat(Format)) {
    mistake ??= `Format = ${Format}: expected one of ${formats.join(', ')}`
  }
  return {
    every: Every as number | undefined,
    keepRunning: KeepRunning as boolean,
    format: isFormat(Format) ? Format : undefined,
    args: Arguments as readonly string[],
    timeoutSeconds: Timeout as number,
    mostBytes: (more.MostOutput as number | undefined) ?? mostBytes,
    user: (more.User as string | undefined) ?? '',
    ...{ env, mistake },
  }
}

/** Of the first line that speaks of us. */
const wordsIn = (beginning: string): [string, string][] =>
  (head.exec(beginning)?.[1] ?? '').split(/\s+/).flatMap((word) => {
    const [key = '', value = 'yes'] = word.split('=', 2)
    return /^[a-z-]+$/i.test(key) ? [[key.replaceAll('-', ''), value] as [string, string]] : []
  })

/** Returns what is wrong, if anything. */
function set(values: Record<string, unknown>, key: string, value: string): string | null {
  const name = names.find((one) => one.toLowerCase() === key.toLowerCase()) as keyof typeof kinds | undefined
  if (name === undefined) {
    const meant = nearest(key, names)
    return `settings.conf: unknown option "${key}"; ${meant ? `did you mean "${meant}"?` : `known are ${names.join(', ')}`}`
  }
  const parsed = name === 'Arguments' ? argumentsIn(value) : kinds[name].parse(value)
  if (parsed === undefined) return `${name} = ${value}: expected ${kinds[name].expected}`
  values[name] = parsed
  return null
}

/** As words, of which those in quotation marks may hold spaces. No shell ever sees them. */
const argumentsIn = (value: string): string[] =>
  [...value.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, plain]) => double ?? single ?? plain ?? '',
  )

const isFormat = (given: unknown): given is Format => formats.some((one) => one === given)
