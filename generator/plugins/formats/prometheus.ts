// The text format of Prometheus exporters (prometheus.io/docs/instrumenting/exposition_formats). What has no labels is
// shown on one card, each metric with labels on one of its own. Buckets of histograms are left out.

import type { Reading } from '../../gather.ts'
import { type Unit, unitText } from '../../unit.ts'
import type { Part } from '../measured.ts'
import type { Output } from './output.ts'

const sample =
  /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?\s+([-+]?(?:\d[\d.eE+-]*|\.\d[\deE+-]*|Inf|NaN))(?:\s+-?\d+)?$/
const comment = /^#\s+(HELP|TYPE)\s+(\S+)\s*(.*)$/
const label = /([a-zA-Z_]\w{0,199})="((?:[^"\\]|\\.)*)"/g

/** Longer ones are left out. */
const longestLine = 4096

interface Family {
  help: string
  type: string
}

export const isPrometheus = (text: string): boolean =>
  /^# (HELP|TYPE) \S+/m.test(text) ||
  (/^[a-zA-Z_:][\w:]*\{[^}\n]*\}[ \t]+[-+\d.NI]/m.test(text) && !/^\s*\{/.test(text))

/** Only metrics that `keep` says yes to. Throws where nothing is in the format. */
export function readPrometheus(text: string, keep: (metric: string) => boolean = () => true): Output {
  const families = new Map<string, Family>()
  const plain: Record<string, Reading> = {}
  const cards = new Map<string, Record<string, Reading>>()
  let wrong: string | null = null
  let isAny = false
  for (const raw of text.split('\n')) {
    const line = raw.trim()
    if (line === '' || line.length > longestLine) continue
    if (line.startsWith('#')) {
      noteComment(line, families)
      continue
    }
    const [, name = '', labels, value] = sample.exec(line) ?? []
    if (name === '') {
      wrong ??= `"${line.slice(0, 60)}" is no line of Prometheus' text format`
      continue
    }
    isAny = true
    if (name.endsWith('_bucket') || !keep(name)) continue
    const reading = {
      value: Number.isFinite(Number(value)) ? Number(value) : null,
      ...kindOf(name, families),
    }
    const pairs = labels ? labelValues(labels) : []
    if (pairs.length === 0) plain[name] = reading
    else {
      const readings = cards.get(name) ?? {}
      cards.set(name, readings)
      readings[pairs.join(' ').slice(0, 128)] = reading
    }
  }
  if (!isAny && wrong !== null) throw new Error(wrong)
  return { parts: partsOf(plain, cards, families), failure: wrong }
}

function noteComment(line: string, families: Map<string, Family>): void {
  const [, what, name = '', rest = ''] = comment.exec(line) ?? []
  if (what === undefined) return
  const family = families.get(name) ?? { help: '', type: '' }
  families.set(name, family)
  if (what === 'TYPE') family.type = rest.trim()
  else family.help = rest.replaceAll('\\n', ' ').replaceAll('\\\\', '\\').trim()
}

const labelValues = (labels: string): string[] =>
  [...labels.matchAll(label)]
    .map(([, , value = '']) => value.replaceAll(/\\(.)/g, (_, sign: string) => (sign === 'n' ? ' ' : sign)))
    .filter((value) => value !== '')

function partsOf(
  plain: Readonly<Record<string, Reading>>,
  cards: ReadonlyMap<string, Readonly<Record<string, Reading>>>,
  families: ReadonlyMap<string, Family>,
): Part[] {
  const parts: Part[] = []
  if (Object.keys(plain).length > 0) parts.push({ name: '', readings: plain })
  for (const [name, readings] of cards) {
    const { help } = familyOf(name, families)
    const unit = unitText(kindOf(name, families).unit)
    parts.push({ name, words: { help, unit }, readings })
  }
  return parts
}

const familyOf = (name: string, families: ReadonlyMap<string, Family>): Family =>
  families.get(name) ?? families.get(name.replace(/_(total|sum|count)$/, '')) ?? { help: '', type: '' }

/** A counter's unit is that of its rate. Units stand at the end of names (prometheus.io/docs/practices/naming). */
function kindOf(
  name: string,
  families: ReadonlyMap<string, Family>,
): { kind: 'counter' | 'gauge'; unit: Unit } {
  const { type } = familyOf(name, families)
  const isSum = (type === 'histogram' || type === 'summary') && /_(sum|count)$/.test(name)
  const isCounter = type === 'counter' || isSum || (type === '' && name.endsWith('_total'))
  const base = name.replace(/_(total|sum)$/, '')
  if (base.endsWith('_bytes'))
    return isCounter ? { kind: 'counter', unit: 'byte/s' } : { kind: 'gauge', unit: 'byte' }
  if (isCounter) return { kind: 'counter', unit: base.endsWith('_seconds') ? { free: 's/s' } : '1/s' }
  const unit = base.endsWith('_seconds')
    ? 's'
    : base.endsWith('_celsius')
      ? '°C'
      : base.endsWith('_percent')
        ? '%'
        : base.endsWith('_hertz')
          ? 'Hz'
          : base.endsWith('_volts')
            ? 'V'
            : base.endsWith('_watts')
              ? 'W'
              : ''
  return { kind: 'gauge', unit }
}
