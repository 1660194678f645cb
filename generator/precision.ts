// The host rounds what it computes to what the measurement carries: the digits below come from dividing by a time with
// jitter, cost storage and say nothing. What a gather reads itself is stored as it was read.

/** Wholes from here on (ticks, mostly) carry a hundredth of a percent, smaller ones a tenth. */
const fineWhole = 10_000

/** Digits that a rate of a counter with fractions carries: more exactly nobody wakes up. */
const rateDigits = 6

/** A share in percent: to 0.1, or to 0.01 where one unit of `whole` is no more than that. */
export const roundedShare = (percent: number, whole: number): number =>
  rounded(percent, whole >= fineWhole ? 2 : 1)

/** Bytes or bits a second: whole ones, tenths below 10. */
export const roundedByteRate = (perSecond: number): number => rounded(perSecond, perSecond < 10 ? 1 : 0)

/**
 * Any other counter's rate. What counts whole things is exact to one in the interval, and is kept to a tenth of
 * that: 0.1 at 1 s, 0.01 at 10 s, 0.001 at a minute. Others keep six significant digits.
 */
export function roundedRate(perSecond: number, { isWhole, everyMs }: RateOrigin): number {
  if (!isWhole) return Number(perSecond.toPrecision(rateDigits))
  return rounded(perSecond, Math.max(0, Math.ceil(Math.log10(everyMs / 1000))) + 1)
}

interface RateOrigin {
  /** Whether both counts were integers. */
  isWhole: boolean
  everyMs: number
}

/** Seconds from milliseconds, to the microsecond. */
export const secondsOf = (ms: number): number => Math.round(ms * 1000) / 1e6

/** Dividing gives the nearest double of the decimal number, as a multiplication would not. */
function rounded(value: number, decimals: number): number {
  const scale = 10 ** decimals
  return Math.round(value * scale) / scale
}
