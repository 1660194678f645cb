// Times of a chunk: rounds sit near a grid, so each time is told as its place on the grid and its distance from it.
// On the grid both cost next to nothing, and being late costs only how late.

import type { ByteReader, ByteWriter } from './bytes.ts'
import { columnRoom } from './room.ts'
import { readScaled, writeScaled } from './scaled.ts'

const placesRoom = columnRoom()
const distancesRoom = columnRoom()

/** Writes ascending, distinct times in whole milliseconds; the reader has to know how many. */
export function writeTimes(bytes: ByteWriter, times: Float64Array): void {
  const first = times[0] ?? 0
  const step = commonStep(times)
  const places = placesRoom(times.length)
  const distances = distancesRoom(times.length)
  for (let i = 0; i < times.length; i++) {
    const since = (times[i] as number) - first
    const place = Math.round(since / step)
    places[i] = place
    distances[i] = since - place * step
  }
  bytes.signed(first)
  bytes.varint(step)
  if (!writeScaled(bytes, places) || !writeScaled(bytes, distances))
    throw new RangeError('times too far apart')
}

/** Reads `length` times that `writeTimes` wrote. */
export function readTimes(bytes: ByteReader, length: number): Float64Array {
  const first = bytes.signed()
  const step = bytes.varint()
  const times = new Float64Array(length)
  const distances = distancesRoom(length)
  readScaled(bytes, times)
  readScaled(bytes, distances)
  for (let i = 0; i < length; i++) {
    times[i] = first + (times[i] as number) * step + (distances[i] as number)
  }
  return times
}

/** The median distance between neighbours, to the nearest of a round number of milliseconds if it is near one. */
function commonStep(times: Float64Array): number {
  if (times.length < 2) return 1
  const sampled = Math.min(times.length - 1, 255)
  const start = Math.floor((times.length - 1 - sampled) / 2)
  const gaps = Float64Array.from({ length: sampled }, (_, i) => {
    return (times[start + i + 1] as number) - (times[start + i] as number)
  }).sort()
  const median = gaps[sampled >> 1] as number
  for (const round of [1000, 500, 100, 50]) {
    const near = Math.round(median / round) * round
    if (near > 0 && Math.abs(median - near) * 20 <= near) return near
  }
  return Math.max(1, median)
}
