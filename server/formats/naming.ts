// What a point of somebody else's format is called here: their name (a measurement, a metric), its tags and fields become
// a category and a label, by templates that people can set.

import { maxNameLength } from '../../common/point.ts'

/** Name and value of a tag, as others call it a label. */
export type Tag = readonly [name: string, value: string]

export interface Foreign {
  /** The measurement or metric. */
  name: string
  /** The field; empty where the format has none. */
  field: string
  tags: readonly Tag[]
}

export interface Templates {
  category: string
  label: string
}

type Piece = { text: string } | { placeholder: string }

const placeholders = /\{([^{}]*)\}/g
const ofName = new Set(['measurement', 'name'])
const lists = new Set(['tags', 'labels', 'values'])

export class Naming {
  readonly #category: readonly Piece[]
  readonly #label: readonly Piece[]
  /** Tags that stand somewhere by their own name. */
  readonly #own: ReadonlySet<string>

  constructor({ category, label }: Templates) {
    this.#category = piecesOf(category)
    this.#label = piecesOf(label)
    const named = [...this.#category, ...this.#label].flatMap((piece) =>
      'placeholder' in piece ? [piece.placeholder] : [],
    )
    this.#own = new Set(named.filter((name) => !ofName.has(name) && !lists.has(name) && name !== 'field'))
  }

  category(of: Foreign): string {
    return fitting(this.#fill(this.#category, of) || of.name)
  }

  label(of: Foreign): string {
    return fitting(this.#fill(this.#label, of) || of.field || 'value')
  }

  #fill(pieces: readonly Piece[], of: Foreign): string {
    const text = pieces.map((piece) => ('text' in piece ? piece.text : this.#value(piece.placeholder, of)))
    return text.join('').replace(/ {2,}/g, ' ').trim()
  }

  #value(placeholder: string, { name, field, tags }: Foreign): string {
    if (ofName.has(placeholder)) return name
    if (placeholder === 'field') return field
    if (!lists.has(placeholder)) return tags.find(([tag]) => tag === placeholder)?.[1] ?? ''
    const rest = tags.filter(([tag]) => !this.#own.has(tag))
    return rest.map(([tag, value]) => (placeholder === 'values' ? value : `${tag}=${value}`)).join(' ')
  }
}

function piecesOf(template: string): Piece[] {
  const pieces: Piece[] = []
  let from = 0
  for (const { 0: all, 1: placeholder = '', index } of template.matchAll(placeholders)) {
    pieces.push({ text: template.slice(from, index) }, { placeholder: placeholder.trim() })
    from = index + all.length
  }
  return [...pieces, { text: template.slice(from) }]
}

/** A name that is too long keeps its beginning and ends in eight signs that stand for all of it. */
function fitting(name: string): string {
  if (name.length <= maxNameLength) return name
  const begin = name
    .slice(0, maxNameLength - 9)
    .toWellFormed()
    .replace(/\uFFFD$/, '')
  return `${begin.trimEnd()}~${fingerprint(name)}`
}

/** FNV-1a, 32 bits. http://www.isthe.com/chongo/tech/comp/fnv/ */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0')
}
