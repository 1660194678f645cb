// Counters become rates here: growth a second by the monotonic clock, only within one boot, never across a reset,
// and never over a gap, so that neither a reboot nor a night of sleep nor a clock set anew draws a spike.

import type { Kind, Readings, SeriesReading } from './gather.ts'

export interface Moment {
  /** Monotonic milliseconds at which it was read. */
  readonly at: number
  /** Changes when the machine was started anew. */
  readonly boot: string
}

/** After this many intervals without a reading, what lies between is a gap. */
const gapIntervals = 3.5

interface Counter {
  readonly part: number
  /** Undefined for a plain counter, whose growth is measured in time. */
  readonly whole: number | undefined
}

/** The values of one gather's series, reading after reading. */
export class Rates {
  readonly #kind: Kind
  readonly #longestMs: number
  #counters = new Map<string, Counter>()
  #moment: Moment | undefined

  constructor({ kind, everyMs }: { kind: Kind; everyMs: number }) {
    this.#kind = kind
    this.#longestMs = everyMs * gapIntervals
  }

  /** Value by label: gauges as they are, counters as rates; a counter without a valid reading before has none. */
  next(readings: Readings, moment: Moment): Map<string, number> {
    const elapsedMs = this.#elapsed(moment)
    const values = new Map<string, number>()
    const counters = new Map<string, Counter>()
    for (const [label, reading] of Object.entries(readings)) {
      const counter = counterIn(reading, this.#kind)
      const value = counter ? this.#rate(label, counter, elapsedMs) : gaugeIn(reading)
      if (counter) counters.set(label, counter)
      if (value !== undefined) values.set(label, value)
    }
    // A series that was not read this time is forgotten, and begins anew when it comes back.
    this.#counters = counters
    this.#moment = moment
    return values
  }

  #rate(label: string, counter: Counter, elapsedMs: number): number | undefined {
    const before = this.#counters.get(label)
    return before && elapsedMs > 0 ? growth(before, counter, elapsedMs) : undefined
  }

  /** Milliseconds since the reading before; 0 when there is none that counts. */
  #elapsed({ at, boot }: Moment): number {
    const before = this.#moment
    if (!before || before.boot !== boot) return 0
    const elapsed = at - before.at
    return elapsed <= this.#longestMs ? elapsed : 0
  }
}

function counterIn(reading: SeriesReading, kind: Kind): Counter | undefined {
  if (typeof reading === 'number') return kind === 'counter' ? { part: reading, whole: undefined } : undefined
  if ('part' in reading) return { part: reading.part, whole: reading.whole }
  return (reading.kind ?? kind) === 'counter' ? { part: reading.value, whole: undefined } : undefined
}

function gaugeIn(reading: SeriesReading): number | undefined {
  if (typeof reading === 'number') return reading
  return 'value' in reading ? reading.value : undefined
}

/** Undefined after a reset: a counter that shrinks was set back, or is at the end of its 32 bits. */
function growth(before: Counter, now: Counter, elapsedMs: number): number | undefined {
  const part = now.part - before.part
  if (part < 0) return undefined
  if (now.whole === undefined || before.whole === undefined) return (part * 1000) / elapsedMs
  const whole = now.whole - before.whole
  return whole > 0 ? Math.min((100 * part) / whole, 100) : undefined
}
