// Numbers for people: a value and its declared unit become a short text such as "1.5 GiB", "43 %" or "12.3 MB/s",
// the same in rows, on axes and in messages.

/** A unit as it is shown: a shown number is the value divided by `divisor`, followed by `symbol`. */
export interface ShownUnit {
  readonly divisor: number
  readonly symbol: string
}

const prefixed = (base: number, symbols: readonly string[]): readonly ShownUnit[] =>
  symbols.map((symbol, power) => ({ divisor: base ** power, symbol }))

const minute = 60
const hour = 60 * minute
const day = 24 * hour

const time: readonly ShownUnit[] = [
  { divisor: 1e-6, symbol: 'µs' },
  { divisor: 1e-3, symbol: 'ms' },
  { divisor: 1, symbol: 's' },
  { divisor: minute, symbol: 'min' },
  { divisor: hour, symbol: 'h' },
  { divisor: day, symbol: 'd' },
]

/** Units that are scaled, ascending: memory and storage by 1024, all else by 1000. */
const scaled: Readonly<Record<string, readonly ShownUnit[]>> = {
  byte: prefixed(1024, ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']),
  'byte/s': prefixed(1000, ['B/s', 'kB/s', 'MB/s', 'GB/s', 'TB/s']),
  'bit/s': prefixed(1000, ['bit/s', 'kbit/s', 'Mbit/s', 'Gbit/s', 'Tbit/s']),
  Hz: prefixed(1000, ['Hz', 'kHz', 'MHz', 'GHz']),
  '1/s': prefixed(1000, ['/s']),
  W: prefixed(1000, ['W', 'kW', 'MW', 'GW']),
  s: time,
}

/** The shown unit in which `magnitude` (in `unit`) reads best: at least 1 and not in the thousands. */
export function shownUnit(unit: string, magnitude: number): ShownUnit {
  const candidates = scaled[unit]
  if (candidates === undefined) return { divisor: 1, symbol: unit }
  const size = Math.abs(magnitude)
  const fitting = candidates.findLast(({ divisor }) => size >= divisor * 0.9995)
  if (fitting) return fitting
  const base = candidates.find(({ divisor }) => divisor === 1)
  return size === 0 && base ? base : (candidates[0] ?? { divisor: 1, symbol: unit })
}

/** A value with its unit for people; NaN and infinities are "–". At most one decimal from 10 on, none from 100. */
export function formatValue(value: number, unit: string): string {
  if (!Number.isFinite(value)) return '–'
  if (unit === 's' && Math.abs(value) >= minute) return formatSpan(value)
  const { divisor, symbol } = shownUnit(unit, value)
  const number = formatNumber(value / divisor, unit === '' ? 2 : 1, unit === '%')
  return symbol === '' ? number : `${number} ${symbol}`
}

const suffixes = ['', '', ' M', ' G', ' T']

/**
 * A bare number: up to `decimals` below 10, one below 100 (none with `coarse`), none above; no trailing zeros;
 * from ten million on with M, G or T; tiny ones keep one or two significant digits.
 */
export function formatNumber(value: number, decimals = 2, coarse = false): string {
  const size = Math.abs(value)
  if (size >= 1e15) return value.toExponential(1)
  if (size >= 1e7) {
    const power = Math.floor(Math.log10(size) / 3)
    return `${trimmed((value / 1000 ** power).toPrecision(3))}${suffixes[power] ?? ''}`
  }
  if (size >= 99.95) return String(Math.round(value))
  if (size >= 9.995) return trimmed(value.toFixed(coarse ? 0 : 1))
  if (size >= 0.5 * 10 ** -decimals || size === 0) return trimmed(value.toFixed(decimals))
  return trimmed(value.toPrecision(size < 0.001 ? 2 : 1))
}

/** `1.50` is `1.5`, `2.0` is `2`, `-0` is `0`. */
function trimmed(text: string): string {
  return String(Number(text))
}

/** Seconds from a minute on, in their two largest units: "3 d 4 h", "12 min 5 s". */
function formatSpan(seconds: number): string {
  const sign = seconds < 0 ? '-' : ''
  const size = Math.abs(seconds)
  const major = time.findLast(({ divisor }) => size >= divisor) ?? { divisor: 1, symbol: 's' }
  const minor = time[time.indexOf(major) - 1] ?? { divisor: 1, symbol: 's' }
  const parts = Math.floor(size / minor.divisor)
  const perMajor = major.divisor / minor.divisor
  const rest = parts % perMajor
  const head = `${sign}${Math.floor(parts / perMajor)} ${major.symbol}`
  return rest === 0 ? head : `${head} ${rest} ${minor.symbol}`
}
