// A row of numbers as a row of small bars, for terminals.

const bars = '▁▂▃▄▅▆▇█'

/** A character a value, from the least to the greatest of them; a space where there is none. */
export function sparkline(values: readonly (number | undefined)[]): string {
  const known = values.filter((value) => value !== undefined)
  const least = Math.min(...known)
  const span = Math.max(...known) - least
  return values
    .map((value) => {
      if (value === undefined) return ' '
      const place = span === 0 ? 0 : Math.round(((value - least) / span) * (bars.length - 1))
      return bars[place] ?? ' '
    })
    .join('')
}
