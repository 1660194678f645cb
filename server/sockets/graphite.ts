// Graphite's plaintext protocol: a path, a value and a time in seconds, with tags behind the path if need be.
// https://graphite.readthedocs.io/en/latest/feeding-carbon.html#the-plaintext-protocol

import type { Foreign, Tag } from '../formats/naming.ts'

export interface GraphiteLine {
  foreign: Foreign
  /** Milliseconds; undefined: now, which Graphite writes -1 or N. */
  time: number | undefined
  value: number
}

const number = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?`
const pattern = new RegExp(String.raw`^(\S+)[ \t]+(${number})(?:[ \t]+(N|${number}))?$`, 'i')

/** What the line says, or undefined where it is none of this kind. */
export function readGraphite(text: string): GraphiteLine | undefined {
  const [, path, value, time = 'N'] = pattern.exec(text) ?? []
  if (path === undefined) return undefined
  const isNow = time.toUpperCase() === 'N' || Number(time) === -1
  return {
    foreign: foreignOf(path),
    time: isNow ? undefined : Math.round(Number(time) * 1000),
    value: Number(value),
  }
}

/** All of the path but its last part is the name, which is the field. Shared with StatsD, whose names are the same. */
export function foreignOf(path: string, moreTags: readonly Tag[] = []): Foreign {
  const [dotted = '', ...tagTexts] = path.split(';')
  const parts = dotted.split('.').filter((part) => part !== '')
  const field = parts.length > 1 ? (parts.pop() ?? '') : ''
  const tags = tagTexts.flatMap((text): Tag[] => {
    const at = text.indexOf('=')
    return at > 0 ? [[text.slice(0, at), text.slice(at + 1)]] : []
  })
  return { name: parts.join(' '), field, tags: [...tags, ...moreTags] }
}
