// Packing a column takes a handful of arrays as long as the column, for a moment. They lie outside V8's heap and pile up
// faster than they are found to be dead; so each place that needs one keeps it and takes it again.

/** An array of one length, its content left over from before; valid until the same room is taken again. */
export type Room<T> = (length: number) => T

const firstLength = 4096

/** Room for whole columns of numbers. */
export function columnRoom(): Room<Float64Array> {
  let kept = new Float64Array(firstLength)
  return (length) => {
    if (kept.length < length) kept = new Float64Array(length)
    return kept.subarray(0, length)
  }
}

/** Room for bytes. */
export function byteRoom(): Room<Uint8Array> {
  let kept = new Uint8Array(firstLength)
  return (length) => {
    if (kept.length < length) kept = new Uint8Array(length)
    return kept.subarray(0, length)
  }
}

/**
 * New columns of one length, side by side in one array: a few large pieces of memory are given back when they are free,
 * many small ones leave holes.
 */
export function newColumns(count: number, length: number): Float64Array[] {
  const all = new Float64Array(count * length)
  return Array.from({ length: count }, (_, i) => all.subarray(i * length, (i + 1) * length))
}
