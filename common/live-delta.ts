// Most values of a live stream are the same as a second before. What repeats travels as runs of series ids instead of
// values; because every point is still named, a gap stays a gap and nothing has to be guessed at the other end.

import type { LivePoints } from './wire.ts'

/** Series id to the value last sent or received for it on one connection. */
export type LastValues = Map<number, number>

/** Takes out the values that repeat the last one sent, and remembers the rest in `sent`. */
export function withoutRepeats(points: LivePoints, sent: LastValues): LivePoints {
  return points.map(({ time, values }) => {
    const changed: Record<string, number> = {}
    const repeated: number[] = []
    for (const [key, value] of Object.entries(values)) {
      const id = Number(key)
      if (Object.is(sent.get(id), value)) repeated.push(id)
      else changed[key] = value
      sent.set(id, value)
    }
    return repeated.length === 0 ? { time, values } : { time, values: changed, same: runsOf(repeated) }
  })
}

/** Puts the repeated values back in, and remembers all of them in `known`. */
export function withRepeats(points: LivePoints, known: LastValues): LivePoints {
  return points.map(({ time, values, same = [] }) => {
    const all: Record<string, number> = { ...values }
    for (const id of idsOf(same)) {
      const value = known.get(id)
      if (value !== undefined) all[id] = value
    }
    for (const [key, value] of Object.entries(values)) known.set(Number(key), value)
    return { time, values: all }
  })
}

/** [9, 10, 11, 14] as [9, 11, 14, 14]. */
function runsOf(ids: number[]): number[] {
  const runs: number[] = []
  for (const id of ids.sort((a, b) => a - b)) {
    if (runs.at(-1) === id - 1) runs[runs.length - 1] = id
    else runs.push(id, id)
  }
  return runs
}

function* idsOf(runs: readonly number[]): Generator<number> {
  for (let i = 0; i + 1 < runs.length; i += 2) {
    for (let id = runs[i] ?? 0; id <= (runs[i + 1] ?? -1); id++) yield id
  }
}
