// The first StatsServer's way to add data: a function fills a dictionary of categories, each with entries made of value,
// unit, least and most, and the setting `nograph`. Who has such a function exports it as default.

import { type Gather, gather, type Reading } from '../gather.ts'
import { isUnit, type Unit } from '../unit.ts'
import type { Part } from './measured.ts'

export interface CategoryEntry {
  value: number | null
  unit?: string | undefined
  min?: number | null | undefined
  max?: number | null | undefined
}

export interface Category {
  /** `nograph`: rows with bars only. */
  settings: string[]
  entries: Record<string, CategoryEntry>
}

/** A category without entries. */
export const createCategory = (settings: string | readonly string[] = []): Category => ({
  settings: typeof settings === 'string' ? settings.split(/[\s,]+/) : [...settings],
  entries: {},
})

/** A value with its unit and, where there are any, its limits. */
export const createCategoryEntry = (
  value: number | null,
  unit?: string,
  min?: number | null,
  max?: number | null,
): CategoryEntry => ({ value, unit, min, max })

/** The same under the names that Python people use. */
export { createCategory as create_category, createCategoryEntry as create_category_entry }

/** A gather of a function that fills the dictionary that it is given, or returns one. */
export const gatherOfFunction = (fill: (data: object) => unknown): Gather =>
  gather({
    help: 'Numbers of a function in the style of the first StatsServer.',
    unit: '',
    each: 'entry',
    async read() {
      const data = {}
      return ((await fill(data)) ?? data) as never
    },
  })

/** What such a function made, by category. Throws in words for people for what is no category. */
export function partsOfData(data: unknown): Part[] {
  return Object.entries(data as Record<string, Partial<Category> | null>).map(([category, given]) => {
    if (typeof given?.entries !== 'object' || given.entries === null) {
      throw new Error(`${category} has no entries: make it by createCategory()`)
    }
    const settings: readonly string[] = given.settings ?? []
    const readings = Object.entries(given.entries).map(([label, entry]) => [label, readingOf(entry)])
    return {
      name: category,
      category,
      words: { graph: !settings.includes('nograph') },
      readings: Object.fromEntries(readings),
    }
  })
}

function readingOf(entry: CategoryEntry | number): Reading | number {
  if (typeof entry !== 'object' || entry === null) return entry
  const { value, unit, min, max } = entry
  return {
    value,
    ...(unit && { unit: unitOf(unit) }),
    ...(min != null && { min }),
    ...(max != null && { max }),
  }
}

const unitOf = (unit: string): Unit => (isUnit(unit) ? unit : { free: unit })
