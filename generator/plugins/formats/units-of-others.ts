// Units as others write them, as ours where we have the same; everything else stays in their words.

import { type baseUnits, isUnit, type Unit } from '../../unit.ts'

const synonyms: readonly (readonly [RegExp, (typeof baseUnits)[number]])[] = [
  [/^(%|percent|pct|perc)$/i, '%'],
  [/^(b|bytes?|octets?)$/i, 'byte'],
  [/^(b|bytes?|octets?)( in.*out.*)?\s*(\/|per)\s*(s|sec|seconds?)$/i, 'byte/s'],
  [/^bits?( in.*out.*)?\s*(\/|per)\s*(s|sec|seconds?)$|^bps$/i, 'bit/s'],
  [/^(°?c|degc|deg c|celsius|degrees? c(elsius)?)$/i, '°C'],
  [/^(s|secs?|seconds?)$/i, 's'],
  [/^(1|ops|requests|packets|events)?\s*(\/|per)\s*(s|sec|seconds?)$|^hz$/i, '1/s'],
  [/^(v|volts?)$/i, 'V'],
  [/^(a|amps?|amperes?)$/i, 'A'],
  [/^(w|watts?)$/i, 'W'],
  [/^(rpm|revolutions per minute)$/i, 'rpm'],
]

/** `percent` is `%`, `Celsius` is `°C`; `bees` is `{ free: 'bees' }`. */
export function unitFromText(text: string): Unit {
  const given = text.trim()
  if (given === 'Hz') return 'Hz'
  if (isUnit(given)) return given
  const [, known] = synonyms.find(([pattern]) => pattern.test(given)) ?? []
  return known ?? { free: given }
}
