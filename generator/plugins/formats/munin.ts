// Munin's plugin protocol (guide.munin-monitoring.org, "Writing plugins"): asked for `config` a plugin says what its
// fields are, asked for nothing it prints their values. A multigraph plugin does so for several graphs.

import type { AlertHint, Kind, Reading, Readings } from '../../gather.ts'
import { uniqueLabels } from '../../unique-labels.ts'
import { unitText } from '../../unit.ts'
import type { CategoryWords, Part } from '../measured.ts'
import type { Output } from './output.ts'
import { readRange } from './ranges.ts'
import { unitFromText } from './units-of-others.ts'

const value = /^([A-Za-z_][\w-]*)\.value\s+(?:\d+:)?(\S+)/
const attribute = /^([A-Za-z_][\w-]*)\.([a-z_]+)\s+(.*)$/
const graphWord = /^(graph_[a-z]+|update_rate|multigraph)\s+(.*)$/

export const isMunin = (text: string): boolean =>
  /^[A-Za-z_][\w-]*\.value[ \t]+\S+$/m.test(text.replaceAll('\r', ''))

export interface MuninGraph {
  /** '' for the only graph, or the first. */
  name: string
  words: Partial<CategoryWords>
  fields: Map<string, MuninField>
}

interface MuninField {
  label: string
  kind: Kind
  /** Counted since the value before, which the plugin has forgotten. */
  isAbsolute: boolean
  factor: number
  min: number | null
  max: number | null
  hints: AlertHint[]
}

/** What `config` printed. Throws where it says nothing of a graph. */
export function readMuninConfig(text: string): {
  graphs: MuninGraph[]
  every: number | undefined
  values: string
} {
  const sections = inGraphs(text)
  const graphs = sections
    .map(({ name, lines }) => graphOf(name, lines))
    .filter(({ fields }) => fields.size > 0)
  if (graphs.length === 0) throw new Error('asked for config it named no field (label)')
  const rate = Number(/^update_rate\s+(\d+)/m.exec(text)?.[1])
  // With "dirty config" the values stand there as well.
  return { graphs, every: rate > 0 ? rate : undefined, values: isMunin(text) ? text : '' }
}

function inGraphs(text: string): { name: string; lines: string[] }[] {
  const sections: { name: string; lines: string[] }[] = [{ name: '', lines: [] }]
  for (const raw of text.split('\n')) {
    const line = raw.trim()
    const [, word, rest = ''] = graphWord.exec(line) ?? []
    if (word === 'multigraph') sections.push({ name: rest.trim(), lines: [] })
    else if (line !== '' && !line.startsWith('#')) sections.at(-1)?.lines.push(line)
  }
  return sections.filter(({ lines }) => lines.length > 0)
}

function graphOf(name: string, lines: readonly string[]): MuninGraph {
  const graph: Record<string, string> = {}
  const attributes = new Map<string, Record<string, string>>()
  for (const line of lines) {
    const [, word, said = ''] = graphWord.exec(line) ?? []
    const [, field = '', key = '', rest = ''] = attribute.exec(line) ?? []
    if (word !== undefined) graph[word] = said.trim()
    else if (field !== '' && key !== 'value') {
      const known = attributes.get(field) ?? {}
      attributes.set(field, known)
      known[key] = rest.trim()
    }
  }
  const shown = [...attributes].filter(([, { label }]) => label !== undefined)
  const labels = uniqueLabels(shown.map(([field, { label }]) => label || field))
  const fields = new Map(
    shown.map(([field, given], index) => [field, fieldOf(field, labels[index] ?? field, given)]),
  )
  return { name, words: wordsOf(graph, fields), fields }
}

function fieldOf(field: string, label: string, given: Readonly<Record<string, string>>): MuninField {
  const { type = 'GAUGE', cdef, min, max, warning, critical } = given
  const [warn, crit] = [readRange(warning, null), readRange(critical, null)]
  const hints = [
    ...(warn ? [{ range: warn, text: 'warning' }] : []),
    ...(crit ? [{ range: crit, text: 'critical' }] : []),
  ].map(({ range: { above, below }, text }) => ({
    ...{ series: label, text },
    ...(above !== null && { above }),
    ...(below !== null && { below }),
  }))
  const kind: Kind = type === 'COUNTER' || type === 'DERIVE' ? 'counter' : 'gauge'
  const factor = factorOf(cdef, field)
  // Limits of a counter are those of what it counts in a second; what they say of the field itself is never shown.
  const top = finite(max)
  return {
    ...{
      label,
      kind,
      isAbsolute: type === 'ABSOLUTE',
      factor,
      hints,
      min: kind === 'gauge' ? finite(min) : null,
    },
    max: crit?.above ?? warn?.above ?? (kind === 'gauge' && top !== null ? top * factor : null),
  }
}

const finite = (text: string | undefined): number | null =>
  text !== undefined && text !== '' && Number.isFinite(Number(text)) ? Number(text) : null

/** `field,8,*` in reverse Polish; what does more than scale the field is left out. */
function factorOf(cdef: string | undefined, field: string): number {
  const [first, ...more] = cdef?.split(',') ?? []
  if (first !== field || more.length % 2 !== 0) return 1
  let factor = 1
  for (let at = 0; at < more.length; at += 2) {
    const [number, sign] = [Number(more[at]), more[at + 1]]
    if (!Number.isFinite(number) || (sign !== '*' && sign !== '/')) return 1
    factor = sign === '*' ? factor * number : factor / number
  }
  return factor
}

function wordsOf(
  graph: Readonly<Record<string, string>>,
  fields: ReadonlyMap<string, MuninField>,
): Partial<CategoryWords> {
  const {
    graph_title: title,
    graph_info: info,
    graph_vlabel = '',
    graph_args = '',
    graph_period = 'second',
  } = graph
  const least = /(?:-l|--lower-limit)[ =]?(-?[\d.]+)/.exec(graph_args)?.[1]
  const most = /(?:-u|--upper-limit)[ =]?(-?[\d.]+)/.exec(graph_args)?.[1]
  const alerts = [...fields.values()].flatMap(({ hints }) => hints)
  const unit = unitText(unitFromText(graph_vlabel.replaceAll(/\$\{graph_period\}/g, graph_period)))
  return {
    help: plainText(info ?? title ?? ''),
    unit: unit.length > 24 ? '' : unit,
    alerts,
    ...(least !== undefined && { min: Number(least) }),
    ...(most !== undefined && { max: Number(most) }),
  }
}

/** Info may be HTML. */
const plainText = (html: string): string => html.replaceAll(/<[^>]*>/g, '').slice(0, 500)

/** Values alone, where nobody asked for `config`: fields are labels. */
export function readMuninValues(text: string): Output {
  return {
    parts: inGraphs(text).map(({ name, lines }) => ({ name, readings: rawValues(lines) })),
    failure: null,
  }
}

function rawValues(lines: readonly string[]): Readings {
  const readings: Record<string, Reading> = {}
  for (const line of lines) {
    const [, field = '', text = ''] = value.exec(line) ?? []
    if (field !== '') readings[field] = { value: text === 'U' ? null : Number(text) }
  }
  return readings
}

/** Values of the fields that `config` named, under their labels. Throws for what are no values. */
export function readMuninGraphs(text: string, graphs: readonly MuninGraph[], everySeconds: number): Part[] {
  const sections = inGraphs(text)
  const parts = graphs.flatMap((graph) => {
    const section = sections.find(({ name }) => name === graph.name)
    if (!section) return []
    const raw = rawValues(section.lines) as Readonly<Record<string, Reading>>
    const readings: Record<string, Reading> = {}
    for (const [name, field] of graph.fields) {
      const given = raw[name]?.value
      readings[field.label] = readingOf(field, given ?? null, everySeconds)
    }
    return [{ name: graph.name, words: graph.words, readings }]
  })
  // Some have nothing to say when they are asked for the first time.
  if (parts.length === 0 && text.trim() !== '')
    throw new Error(`printed "${text.trim().slice(0, 60)}", no values`)
  return parts
}

function readingOf(
  { kind, isAbsolute, factor, min, max }: MuninField,
  given: number | null,
  everySeconds: number,
): Reading {
  const scaled = given === null ? null : (given * factor) / (isAbsolute ? everySeconds : 1)
  return { value: scaled, kind, ...(min !== null && { min }), ...(max !== null && { max }) }
}
