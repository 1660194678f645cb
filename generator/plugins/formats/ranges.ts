// Thresholds as Munin (munin.org, "warning" and "critical" of a field) and the Monitoring Plugins
// (monitoring-plugins.org, development guidelines, "Threshold and Ranges") write them.

export interface Range {
  below: number | null
  above: number | null
}

/** `10`, `5:10`, `~:10`, `10:`, `:10`; null for what is no range, or alerts inside of it (`@`). */
export function readRange(text: string | undefined, lowerByDefault: number | null): Range | null {
  if (text === undefined || text === '' || text.startsWith('@')) return null
  const [first = '', second] = text.split(':')
  const number = (part: string): number | null =>
    part === '' || part === '~' || !Number.isFinite(Number(part)) ? null : Number(part)
  if (second === undefined) {
    const above = number(first)
    return above === null ? null : { below: lowerByDefault, above }
  }
  const range = { below: number(first), above: number(second) }
  return range.below === null && range.above === null ? null : range
}
