// What a reading says, however it says it.

import type { SeriesReading } from '../../../generator/gather.ts'

/** Not a number where there is none now, no such reading, or a share. */
export function numberIn(reading: SeriesReading | undefined): number {
  if (typeof reading === 'number') return reading
  return reading && 'value' in reading ? (reading.value ?? Number.NaN) : Number.NaN
}
