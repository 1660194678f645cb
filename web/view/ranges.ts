// The lengths of time that the drop-down offers, and words for any other length that a pinch leaves behind.

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour
const year = 365 * day

export interface Range {
  /** Length in milliseconds. */
  readonly ms: number
  readonly label: string
}

/** What the drop-down lists, shortest first. */
export const ranges: readonly Range[] = [
  ...[1, 5, 10, 30].map((n) => ({ ms: n * minute, label: `${n} min` })),
  ...[1, 6, 12, 24].map((n) => ({ ms: n * hour, label: `${n} h` })),
  ...[7, 30].map((n) => ({ ms: n * day, label: `${n} days` })),
  { ms: year, label: '1 year' },
]

const units: readonly (readonly [ms: number, one: string, many: string])[] = [
  [year, 'year', 'years'],
  [day, 'day', 'days'],
  [hour, 'h', 'h'],
  [minute, 'min', 'min'],
  [second, 's', 's'],
]

/** A length of time (ms) in its two largest units: "3 h 20 min", "45 s"; the drop-down's own words where they fit. */
export function describeSpan(ms: number): string {
  const listed = ranges.find((range) => Math.abs(range.ms - ms) < range.ms / 1000)
  if (listed) return listed.label
  const fitting = units.findIndex(([length]) => ms >= length * 0.9995)
  const start = fitting < 0 ? units.length - 1 : fitting
  const [major, minor] = [units[start], units[start + 1]]
  if (!major) return ''
  const least = minor?.[0] ?? major[0]
  const rounded = Math.max(least, Math.round(ms / least) * least)
  const whole = Math.floor(rounded / major[0])
  const rest = minor ? Math.round((rounded - whole * major[0]) / minor[0]) : 0
  return rest === 0 || !minor ? counted(whole, major) : `${counted(whole, major)} ${counted(rest, minor)}`
}

const counted = (n: number, [, one, many]: readonly [number, string, string]): string =>
  `${n} ${n === 1 ? one : many}`
