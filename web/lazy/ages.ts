// The ages that the history's settings offer, and words for any other that a settings file holds.

const minute = 60
const hour = 60 * minute
const day = 24 * hour
const year = 365 * day

/** Seconds, shortest first. */
export const maxAges: readonly number[] = [
  ...[1, 7, 30, 90, 180].map((n) => n * day),
  ...[1, 2, 5, 10].map((n) => n * year),
]

/** Seconds, shortest first: how long single points are kept. */
export const pointAges: readonly number[] = [
  ...[1, 6].map((n) => n * hour),
  ...[1, 3, 7, 14, 30, 90, 180].map((n) => n * day),
  year,
]

const units: readonly (readonly [seconds: number, one: string, many: string])[] = [
  [year, 'year', 'years'],
  [day, 'day', 'days'],
  [hour, 'hour', 'hours'],
  [minute, 'minute', 'minutes'],
]

/** "14 days", "1 year", "36 hours": in the largest unit of which it is a whole number. */
export function ageInWords(seconds: number): string {
  const [length, one, many] = units.find(([unit]) => seconds % unit === 0) ?? [1, 'second', 'seconds']
  const number = seconds / length
  return `${number} ${number === 1 ? one : many}`
}

/** The steps up to `most`, with `present` among them. */
export const agesWith = (steps: readonly number[], present: number, most = Number.POSITIVE_INFINITY) =>
  [...new Set([...steps.filter((seconds) => seconds <= most), present])].sort((a, b) => a - b)
