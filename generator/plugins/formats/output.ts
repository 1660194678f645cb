// What a program printed, understood without being told in which of the many formats that people use.

import type { CategoryWords, Part } from '../measured.ts'
import { isInflux, readInflux } from './influx.ts'
import { isJson, readJson } from './json-output.ts'
import { readLines } from './label-lines.ts'
import { isMunin, readMuninValues } from './munin.ts'
import { isNagios, readNagios } from './nagios.ts'
import { isPrometheus, readPrometheus } from './prometheus.ts'

export const formats = ['lines', 'json', 'influx', 'prometheus', 'munin', 'nagios'] as const
export type Format = (typeof formats)[number]

export interface Output {
  readonly parts: readonly Part[]
  /** What the output says of all of it. */
  readonly words?: Partial<CategoryWords>
  /** What could not be understood, in words for people; null when all was. */
  readonly failure: string | null
}

/** No pattern below sees more of one line than that: what is printed must not keep the clock waiting. */
const longestLine = 4096
const tooLong = new RegExp(`[^\\n]{${longestLine + 1}}`)
const looksSeen = 16_384

/** Which format a text is in, by its beginning; `code` is the exit code of who printed it. */
export function formatOf(whole: string, code: number | null): Format {
  if (isJson(whole)) return 'json'
  const text = tooLong.test(whole) ? '' : whole.slice(0, looksSeen)
  if (isMunin(text)) return 'munin'
  if (isNagios(text, code)) return 'nagios'
  if (isPrometheus(text)) return 'prometheus'
  return isInflux(text) ? 'influx' : 'lines'
}

/** Throws in words for people for what is not of the format at all. */
export function readOutput(text: string, format: Format, code: number | null): Output {
  if (format !== 'json' && tooLong.test(text)) {
    throw new Error(`printed a line of more than ${longestLine} characters`)
  }
  switch (format) {
    case 'json':
      return readJson(text)
    case 'munin':
      return readMuninValues(text)
    case 'nagios':
      return readNagios(text, code)
    case 'prometheus':
      return readPrometheus(text)
    case 'influx':
      return readInflux(text)
    case 'lines':
      return readLines(text)
  }
}
