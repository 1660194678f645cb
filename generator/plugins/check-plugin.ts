// What every plugin promises, checked on a real file: the same that is checked of the built-in gathers.

import { maxNameLength } from '../../common/point.ts'
import type { Outcome } from '../runner.ts'
import type { CategoryWords } from './measured.ts'

export interface CheckedPlugin {
  words: CategoryWords
  series: readonly string[] | null
  /** What is wrong with its settings. */
  mistake: string | null
  everySeconds: number
  mostSeries: number
}

/** One line for each promise that is broken, in words for people; none when all is well. `outcomes` are of two readings. */
export function brokenPromises(
  { words, series, mistake, everySeconds, mostSeries }: CheckedPlugin,
  outcomes: readonly (readonly Outcome[])[],
  tookSeconds: number,
): string[] {
  const broken: string[] = []
  const note = (isBroken: boolean, line: string): void => void (isBroken && broken.push(line))
  note(mistake !== null, mistake ?? '')
  note(words.help.trim() === '', 'help is empty: say in one sentence what the numbers are')
  note(
    words.min !== null && words.max !== null && words.min >= words.max,
    `min ${words.min} is not below max ${words.max}`,
  )
  note(
    tookSeconds > everySeconds,
    `a reading took ${tookSeconds.toFixed(2)} s, longer than its interval of ${everySeconds} s`,
  )
  for (const { category, failure, readings } of outcomes.flat()) {
    note(failure !== null, `${category.name}: ${failure}`)
    const labels = Object.keys(readings)
    note(labels.length > mostSeries, `${category.name} has ${labels.length} series; ${mostSeries} are kept`)
    for (const label of labels)
      note(label.length > maxNameLength, `the label "${label.slice(0, 30)}…" is too long`)
    const missing =
      failure === null && labels.length > 0 ? (series ?? []).filter((label) => !labels.includes(label)) : []
    note(missing.length > 0, `${category.name} has no reading of ${missing.join(', ')}`)
    const surplus = series === null ? [] : labels.filter((label) => !series.includes(label))
    note(surplus.length > 0, `${category.name} reads ${surplus.join(', ')}, which is none of its series`)
  }
  return [...new Set(broken)]
}
