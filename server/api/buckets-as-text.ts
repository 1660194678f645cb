// Buckets as lines of text: what a graph shows of a window, for spreadsheets and scripts.

import { quotedField } from '../../common/formats/csv.ts'
import type { CategoryCatalogue, Store } from '../../store/types.ts'

interface Asked {
  project: string
  categories: readonly Pick<CategoryCatalogue, 'name'>[]
  /** [from, to), ms. */
  from: number
  to: number
  buckets: number
}

interface Row {
  project: string
  category: string
  label: string
  time: number
  count: number
  min: number
  mean: number
  max: number
}

const lineOf = {
  csv: ({ project, category, label, time, count, min, mean, max }: Row): string =>
    `${[project, category, label].map(quotedField).join(',')},${time},${count},${min},${mean},${max}\n`,
  ndjson: (row: Row): string => `${JSON.stringify(row)}\n`,
} as const

/** A piece of text a series; `time` is the start of the bucket. Buckets without a point are left out. */
export function* bucketsAsText(
  store: Store,
  { categories, ...window }: Asked,
  format: keyof typeof lineOf,
): Generator<string> {
  if (format === 'csv') yield 'project,category,label,time,count,min,mean,max\n'
  for (const { name } of categories) {
    const { from, stepMs, length, series } = store.query({ ...window, category: name })
    for (const { label, count, min, mean, max } of series) {
      let text = ''
      for (let i = 0; i < length; i++) {
        if (!count[i]) continue
        const at = { project: window.project, category: name, label, time: from + i * stepMs }
        text += lineOf[format]({
          ...at,
          count: count[i] ?? 0,
          min: min[i] ?? Number.NaN,
          mean: mean[i] ?? Number.NaN,
          max: max[i] ?? Number.NaN,
        })
      }
      yield text
    }
  }
}
