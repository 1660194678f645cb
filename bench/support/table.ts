// Rows of numbers as one table that people read in a terminal and that Markdown understands.

import { isMet, type Row, ratioOf, type Target } from './benchmark.ts'

const head = ['what', 'ours', 'reference, same run', 'ratio', 'at least', 'we want']

/** A Markdown table with columns aligned by spaces. */
export function table(rows: readonly Row[]): string {
  const cells = [head, ...rows.map(cellsOf)]
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)))
  const lines = cells.map((row) => `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`)
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`
  return [lines[0], rule, ...lines.slice(1)].join('\n')
}

function cellsOf(row: Row): string[] {
  const { what, ours, unit, reference } = row
  const ratio = ratioOf(row)
  return [
    what,
    `${rounded(ours)} ${unit}`,
    reference ? `${rounded(reference.value)} ${unit} ${reference.name}` : '-',
    ratio === null ? '-' : `${rounded(ratio)}x`,
    verdict(row, row.atLeast),
    verdict(row, row.want),
  ]
}

function verdict(row: Row, target: Target | undefined): string {
  if (!target) return '-'
  const sign = row.better === 'more' ? '>=' : '<='
  const wanted = [
    target.value === undefined ? [] : `${sign} ${rounded(target.value)} ${row.unit}`,
    target.ratio === undefined ? [] : `${sign} ${rounded(target.ratio)}x`,
  ].flat()
  const met = isMet(row, target)
  return `${wanted.join(', ')}: ${met === null ? 'not judged' : met ? 'met' : 'MISSED'}`
}

/** Three significant digits, thousands apart. */
export function rounded(value: number): string {
  const text = Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3))
  return text.toLocaleString('en', { maximumFractionDigits: 20 })
}
