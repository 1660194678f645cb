// What a Nagios check prints: a line for people, and behind a bar `label=value[unit];warning;critical;least;most`
// (monitoring-plugins.org, development guidelines, "Performance data"). Its exit code is the state: 0 is good.

import type { AlertHint, Reading } from '../../gather.ts'
import type { Unit } from '../../unit.ts'
import type { Output } from './output.ts'
import { readRange } from './ranges.ts'

const item =
  /(?:'((?:[^']|'')*)'|([^\s='][^='\s]*))=([-+]?[\d.,]+(?:[eE][-+]?\d+)?|U)([^\s;]*)((?:;[^\s;]*)*)/g
/** Performance data beyond that is left out. */
const mostData = 8192
const states = /\b(OK|WARNING|CRITICAL|UNKNOWN)\b/

const scales: Readonly<Record<string, readonly [factor: number, unit: Unit]>> = {
  s: [1, 's'],
  ms: [1e-3, 's'],
  us: [1e-6, 's'],
  '%': [1, '%'],
  B: [1, 'byte'],
  KB: [1024, 'byte'],
  MB: [1024 ** 2, 'byte'],
  GB: [1024 ** 3, 'byte'],
  TB: [1024 ** 4, 'byte'],
  KiB: [1024, 'byte'],
  MiB: [1024 ** 2, 'byte'],
  GiB: [1024 ** 3, 'byte'],
  TiB: [1024 ** 4, 'byte'],
}

/** Exit codes from 0 to 3 alone say nothing: the line for people names the state, or there is performance data. */
export function isNagios(text: string, code: number | null): boolean {
  if (code === null || code < 0 || code > 3) return false
  const [first = ''] = text.trimStart().split('\n', 1)
  const [words = '', data] = first.split('|')
  return states.test(words) || (data !== undefined && new RegExp(item.source).test(data.slice(0, mostData)))
}

/** Throws what the check says when it does not know. */
export function readNagios(text: string, code: number | null): Output {
  const lines = text.split('\n')
  const said = (lines[0] ?? '').split('|')[0]?.trim() ?? ''
  const data = lines
    .flatMap((line) => (line.includes('|') ? [line.slice(line.indexOf('|') + 1)] : []))
    .join(' ')
    .slice(0, mostData)
  const readings: Record<string, Reading> = {}
  const alerts: AlertHint[] = []
  for (const [, quoted, plain = '', value = '', unit = '', limits = ''] of data.matchAll(item)) {
    const label = (quoted?.replaceAll("''", "'") ?? plain).trim()
    if (label !== '') readings[label] = readingOf(label, { value, unit, limits }, alerts)
  }
  if ((code ?? 3) > 2 && Object.keys(readings).length === 0) throw new Error(said || `exit code ${code}`)
  readings.state = { value: Math.min(code ?? 3, 3), unit: '', min: 0, max: 3 }
  const help = 'A check; its state is 0 when all is well, 1 for a warning, 2 when critical, 3 when unknown.'
  return { parts: [{ name: '', readings }], words: { help, alerts }, failure: null }
}

function readingOf(
  label: string,
  { value, unit, limits }: { value: string; unit: string; limits: string },
  alerts: AlertHint[],
): Reading {
  const [factor, known] = scales[unit] ?? [1, unit === '' || unit === 'c' ? '' : { free: unit }]
  const [, warning, critical, least, most] = limits.split(';')
  const scaled = (number: number | null): number | null => (number === null ? null : number * factor)
  const [warn, crit] = [readRange(warning, null), readRange(critical, null)]
  const top = most ? Number(most) * factor : scaled(crit?.above ?? warn?.above ?? null)
  const bottom = least ? Number(least) * factor : null
  for (const [range, text] of [
    [warn, 'warning'],
    [crit, 'critical'],
  ] as const) {
    const [above, below] = [scaled(range?.above ?? null), scaled(range?.below ?? null)]
    if (above !== null || below !== null) {
      alerts.push({ series: label, ...(above !== null && { above }), ...(below !== null && { below }), text })
    }
  }
  return {
    value: value === 'U' ? null : Number(value.replace(',', '.')) * factor,
    unit: unit === 'c' ? '1/s' : known,
    ...(unit === 'c' && { kind: 'counter' as const }),
    ...(top !== null && Number.isFinite(top) && { max: top }),
    ...(bottom !== null && Number.isFinite(bottom) && { min: bottom }),
  }
}
