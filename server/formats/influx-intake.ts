// Lines of the line protocol on their way into a project. A body with a line that is none is refused whole; of points
// that are well-formed but too old, or one series too many, only these are left out, and that is said.

import type { RefusedLine } from '../../common/problem.ts'
import { inSlices } from '../points/in-slices.ts'
import type { Intake } from '../points/intake.ts'
import type { InfluxNames } from './influx-names.ts'
import { InfluxParser } from './influx-parser.ts'

/** Bytes read before others have their turn: about a millisecond. */
const sliceBytes = 128 * 1024

/** What is wrong with a body; null: nothing. */
export type Fault =
  | { kind: 'lines'; text: string; reason: string; line: number; count: number }
  | { kind: 'points'; first: RefusedLine; count: number }
  | null

/** Reads `bytes` into an intake; what is wrong with them. */
export async function readLines(
  names: InfluxNames,
  bytes: Uint8Array,
  intake: Intake,
  msPerUnit: number,
): Promise<Fault> {
  let wrong: Fault = null
  const parser = new InfluxParser(
    names,
    bytes,
    {
      point: (category, label, time, value, line) => {
        intake.add(category, label, time ?? intake.now, value, line)
      },
      wrong: (line, text, reason) => {
        if (wrong?.kind === 'lines') wrong.count++
        else wrong = { kind: 'lines', text, reason, line, count: 1 }
      },
    },
    msPerUnit,
  )
  await inSlices(() => parser.more(sliceBytes))
  const [first] = intake.refusals
  return wrong ?? (first ? { kind: 'points', first, count: intake.refused } : null)
}
