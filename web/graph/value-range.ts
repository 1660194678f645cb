// From which value to which a graph reaches: the declared limits and all that is drawn, in round numbers, and calm
// while a finger moves it.

import { shownUnit } from '../../common/units.ts'

export interface ValueRange {
  readonly min: number
  readonly max: number
}

/** Least and greatest of what is to be seen; null when nothing is. */
export type Extremes = ValueRange | null

/** Next round number at or above `size` (positive): 1, 2, 2.5 or 5 times a power of ten. */
export function roundUp(size: number): number {
  const power = 10 ** Math.floor(Math.log10(size))
  const factor = [1, 2, 2.5, 5, 10].find((candidate) => candidate * power >= size * 0.999999)
  return (factor ?? 10) * power
}

/**
 * Distance of value ticks, in the series' own unit: round in the unit that is shown ("5 GiB"), so that about
 * `wanted` ticks fit between min and max.
 */
export function valueStep({ min, max }: ValueRange, unit: string, wanted: number): number {
  const { divisor } = shownUnit(unit, Math.max(Math.abs(min), Math.abs(max)))
  return roundUp((max - min) / divisor / Math.max(wanted, 1)) * divisor
}

/** Multiples of `step` within the range. */
export function valueTicks({ min, max }: ValueRange, step: number): number[] {
  const ticks: number[] = []
  const slack = step * 1e-6
  for (let n = Math.ceil((min - slack) / step) + 0; n * step <= max + slack; n++) ticks.push(n * step)
  return ticks
}

/** A limit that is passed by this share of the range is not passed. */
const rounding = 0.004

/**
 * The range for what is drawn and the declared limits (`null`: none). A declared limit that nothing passes is the
 * edge itself; other edges are round, and zero belongs to what is not negative unless it varies little.
 */
export function fitRange(
  seen: Extremes,
  limits: { min: number | null; max: number | null },
  unit: string,
): ValueRange {
  const least = Math.min(seen?.min ?? limits.min ?? 0, limits.min ?? Number.POSITIVE_INFINITY)
  const greatest = Math.max(seen?.max ?? limits.max ?? least + 1, limits.max ?? least)
  const fromZero = least >= 0 && (limits.min !== null || greatest - least > 0.2 * greatest || least === 0)
  const base = fromZero && limits.min === null ? 0 : least
  const span = greatest - base || Math.abs(greatest) || 1
  const step = valueStep({ min: base, max: base + span }, unit, 4) / 2
  const isAt = (value: number, limit: number | null) =>
    limit !== null && Math.abs(value - limit) <= span * rounding
  const min = isAt(base, limits.min ?? 0) ? (limits.min ?? 0) : Math.floor(base / step) * step
  const max = isAt(greatest, limits.max)
    ? (limits.max ?? 0)
    : Math.ceil((greatest + span * 0.02) / step) * step
  return max > min ? { min, max } : { min, max: min + 1 }
}

/**
 * The range to show next. What needs more room gets it at once; room is only taken away when nobody holds the graph
 * and much of it is empty, so that the axis stays calm.
 */
export function calmRange(shown: ValueRange | null, fitting: ValueRange, held: boolean): ValueRange {
  if (!shown) return fitting
  const grown = { min: Math.min(shown.min, fitting.min), max: Math.max(shown.max, fitting.max) }
  const bigger = grown.min < shown.min || grown.max > shown.max
  if (held) return bigger ? grown : shown
  const roomy = fitting.max - fitting.min < 0.7 * (grown.max - grown.min)
  return bigger || roomy ? fitting : shown
}
