// The lengths of the roll-ups: each divides the next and every longer step of the bucket ladder. Two levels a
// factor 60 apart keep a query's work in step with the pixels; a third earned nothing when measured.

export const minuteMs = 60_000
export const hourMs = 3_600_000

/** Milliseconds, ascending. */
export const levelsMs: readonly number[] = [minuteMs, hourMs]

/** The start of the bucket of `step` ms, aligned to the epoch, that holds `time`. */
export const floorTo = (time: number, step: number): number => Math.floor(time / step) * step

/** The longest level of which every bucket of `stepMs` is a whole number; 0: read the rounds themselves. */
export const levelFor = (stepMs: number): number => levelsMs.findLast((level) => stepMs % level === 0) ?? 0
