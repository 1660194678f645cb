// What StatsD's clients send is counted up here until the next flush: one packet may be one click of millions.
// https://github.com/statsd/statsd/blob/master/docs/metric_types.md, tags as in
// https://docs.datadoghq.com/developers/dogstatsd/datagram_shell/

import type { Foreign, Tag } from '../formats/naming.ts'
import { foreignOf } from './graphite.ts'
import { Timings } from './timings.ts'

export interface Flushed {
  foreign: Foreign
  value: number
}

type Type = 'c' | 'g' | 'ms' | 's'
type Metric = { name: string; tags: readonly Tag[]; usedAt: number } & (
  | { type: 'c'; count: number }
  | { type: 'g'; level: number }
  | { type: 'ms'; timings: Timings }
  | { type: 's'; members: Set<string> }
)

const types: Readonly<Record<string, Type>> = { c: 'c', m: 'c', g: 'g', ms: 'ms', h: 'ms', d: 'ms', s: 's' }
const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

const mostMetrics = 10_000
const mostMembers = 10_000

/** Counters, gauges and sets go on with what they were for so long after they were last heard of. */
const forgetMs = 3_600_000

export class StatsdMetrics {
  readonly #metrics = new Map<string, Metric>()

  /** Takes one line; what is wrong with it, or undefined. */
  add(line: string, now: number): string | undefined {
    const parts = line.trim().split('|')
    const [head = '', typeText = '', ...rest] = parts
    const type = Object.hasOwn(types, typeText) ? types[typeText] : undefined
    const at = head.indexOf(':')
    const name = head.slice(0, at)
    if (at <= 0 || type === undefined) return `${JSON.stringify(line.slice(0, 60))} is no metric of StatsD`
    const rate = Number(rest.find((part) => part.startsWith('@'))?.slice(1) ?? 1)
    if (!(rate > 0 && rate <= 1)) return `${JSON.stringify(line.slice(0, 60))} has no sample rate from 0 to 1`
    const tagText = rest.find((part) => part.startsWith('#'))?.slice(1) ?? ''
    const metric = this.#metric(name, type, tagText, now)
    if (!metric) return `more than ${mostMetrics} metrics: new ones are not taken`
    metric.usedAt = now
    for (const value of head.slice(at + 1).split(':')) {
      const wrong = count(metric, value, rate)
      if (wrong) return `${JSON.stringify(line.slice(0, 60))}: ${wrong}`
    }
    return undefined
  }

  /** What is known now, `seconds` after the last flush; then counting begins anew. */
  flush(now: number, seconds: number): Flushed[] {
    const all: Flushed[] = []
    for (const [key, metric] of this.#metrics) {
      if (now - metric.usedAt > forgetMs) this.#metrics.delete(key)
      else all.push(...flushed(metric, seconds))
    }
    return all
  }

  #metric(name: string, type: Type, tagText: string, now: number): Metric | undefined {
    const key = `${type}|${name}|${tagText}`
    const known = this.#metrics.get(key)
    if (known) return known
    if (this.#metrics.size >= mostMetrics) return undefined
    const made = { name, tags: tagsOf(tagText), usedAt: now, ...fresh(type) }
    this.#metrics.set(key, made)
    return made
  }
}

function fresh(type: Type) {
  if (type === 'c') return { type, count: 0 } as const
  if (type === 'g') return { type, level: 0 } as const
  if (type === 's') return { type, members: new Set<string>() } as const
  return { type, timings: new Timings() } as const
}

/** Counts one value; what is wrong with it, or undefined. */
function count(metric: Metric, text: string, rate: number): string | undefined {
  if (metric.type === 's') {
    if (metric.members.size < mostMembers) metric.members.add(text)
    return undefined
  }
  const value = number.test(text) ? Number(text) : Number.NaN
  if (!Number.isFinite(value)) return 'the value is not a finite number'
  if (metric.type === 'c') metric.count += value / rate
  else if (metric.type === 'ms') metric.timings.add(value, rate)
  else metric.level = /^[+-]/.test(text) ? metric.level + value : value
  return undefined
}

function flushed(metric: Metric, seconds: number): Flushed[] {
  const foreign = foreignOf(metric.name, metric.tags)
  if (metric.type === 'g') return [{ foreign, value: metric.level }]
  if (metric.type === 'c') {
    const value = metric.count / seconds
    metric.count = 0
    return [{ foreign, value }]
  }
  if (metric.type === 's') {
    const value = metric.members.size
    metric.members.clear()
    return [{ foreign, value }]
  }
  return Object.entries(metric.timings.take(seconds)).map(([what, value]) => ({
    foreign: { ...foreign, field: `${foreign.field} ${what}`.trim() },
    value,
  }))
}

const tagsOf = (text: string): Tag[] =>
  text.split(',').flatMap((tag): Tag[] => {
    const at = tag.indexOf(':')
    if (tag === '') return []
    return [at < 0 ? [tag, 'yes'] : [tag.slice(0, at), tag.slice(at + 1)]]
  })
