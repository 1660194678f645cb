// The few numbers by which many measurements are told.

/** The value below which a share (0 to 1) of the measurements lies, by nearest rank; NaN of none. */
export function quantile(measured: readonly number[], share: number): number {
  const sorted = measured.toSorted((a, b) => a - b)
  const rank = Math.max(1, Math.ceil(share * sorted.length))
  return sorted[rank - 1] ?? Number.NaN
}

export const median = (measured: readonly number[]): number => quantile(measured, 0.5)

/** The largest; 0 of none. */
export const longest = (measured: readonly number[]): number =>
  measured.reduce((most, one) => Math.max(most, one), 0)
