// The buckets of a window as a table: a row per time that has points, least, mean and greatest per series, or one value
// where no bucket sums up several points. The same numbers for the eye, for a spreadsheet and for a file.

import type { Category, Series } from '../../common/wire.ts'
import { endOf, type Holding, type SeriesColumns } from '../data/holding.ts'
import { pointTime } from '../graph/points.ts'

export interface BucketColumn {
  /** With the unit: "total (%)". */
  series: string
  /** Which of the bucket's numbers; '' where there is only one. */
  part: '' | 'min' | 'mean' | 'max'
  unit: string
}

export interface BucketTable {
  columns: readonly BucketColumn[]
  /** Oldest first; `time` in ms, a value per column, null where the series has no point. */
  rows: readonly { time: number; values: readonly (number | null)[] }[]
}

type Part = 'min' | 'mean' | 'max'

interface Source extends BucketColumn {
  columns: SeriesColumns
  from: Part
}

const parts: readonly Part[] = ['min', 'mean', 'max']

/** The buckets of [from, to) that are held of a category. */
export function tableOf(category: Category, holding: Holding, from: number, to: number): BucketTable {
  const { stepMs, length } = holding
  const first = Math.max(0, Math.floor((from - holding.from) / stepMs))
  const last = to >= endOf(holding) ? length : Math.ceil((to - holding.from) / stepMs)
  const sources = category.series.flatMap((series) => sourcesOf(series, category.unit, holding, first, last))
  const rows: BucketTable['rows'][number][] = []
  for (let index = first; index < last; index++) {
    const values = sources.map(({ columns, from: part }) => valueAt(columns, part, index))
    if (values.some((value) => value !== null)) rows.push({ time: pointTime(holding, index), values })
  }
  return { columns: sources.map(({ series, part, unit }) => ({ series, part, unit })), rows }
}

function sourcesOf(
  { id, label, unit }: Series,
  otherwise: string,
  holding: Holding,
  first: number,
  last: number,
): Source[] {
  const columns = holding.columns.get(id)
  if (!columns) return []
  const shown = unit || otherwise
  const common = { series: shown === '' ? label : `${label} (${shown})`, unit: shown, columns }
  if (!isSummed(columns, first, last)) return [{ ...common, part: '', from: 'mean' }]
  return parts.map((part) => ({ ...common, part, from: part }))
}

function isSummed({ count }: SeriesColumns, first: number, last: number): boolean {
  return count.subarray(first, last).some((points) => points > 1)
}

function valueAt(columns: SeriesColumns, part: Part, index: number): number | null {
  return (columns.count[index] ?? 0) > 0 ? (columns[part][index] ?? null) : null
}

/** RFC 4180, with times in ISO 8601, UTC; text that a spreadsheet would take for a formula is kept from being one. */
export function toCsv({ columns, rows }: BucketTable): string {
  const head = ['time', ...columns.map(({ series, part }) => (part === '' ? series : `${series} ${part}`))]
  const lines = [
    head.map(field),
    ...rows.map(({ time, values }) => [new Date(time).toISOString(), ...values.map((value) => value ?? '')]),
  ]
  return `${lines.map((line) => line.join(',')).join('\r\n')}\r\n`
}

/** Columns between tabs, as spreadsheets take it from the clipboard; `format` writes the times. */
export function toTabs({ columns, rows }: BucketTable, format: (time: number) => string): string {
  const head = ['time', ...columns.map(({ series, part }) => harmless(`${series} ${part}`.trim()))]
  const lines = [
    head,
    ...rows.map(({ time, values }) => [format(time), ...values.map((value) => value ?? '')]),
  ]
  return lines.map((line) => line.join('\t')).join('\n')
}

const field = (text: string): string => {
  const safe = harmless(text)
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const harmless = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replace(/\s/g, ' ')
