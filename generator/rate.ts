// Counters become rates here: growth a second by the monotonic clock, only within one boot, never across a reset,
// and never over a gap, so that neither a reboot nor a night of sleep nor a clock set anew draws a spike. Rates and shares
// are rounded to what the counters carry (precision.ts): shares to 0.1 or 0.01 %, bytes a second to whole ones (0.1
// below 10), other counts to a tenth of one in the interval. Gauges stay as they were read.

import type { Kind, Readings, SeriesReading } from './gather.ts'
import { roundedByteRate, roundedRate, roundedShare } from './precision.ts'
import { unitText } from './unit.ts'

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

export interface RatesOptions {
  kind: Kind
  /** Unit of the series that name none. */
  unit: string
  everyMs: number
}

/** The values of one gather's series, reading after reading. */
export class Rates {
  readonly #kind: Kind
  readonly #unit: string
  readonly #everyMs: number
  #counters = new Map<string, Counter>()
  #moment: Moment | undefined

  constructor({ kind, unit, everyMs }: RatesOptions) {
    this.#kind = kind
    this.#unit = unit
    this.#everyMs = everyMs
  }

  /** Value by label: gauges as they are, counters as rates; a counter without a valid reading before has none. */
  next(readings: Readings, moment: Moment): Map<string, number> {
    const elapsedMs = this.#elapsed(moment)
    const values = new Map<string, number>()
    const counters = new Map<string, Counter>()
    for (const label of Object.keys(readings)) {
      const reading = readings[label]
      if (reading === undefined) continue
      const counter = counterIn(reading, this.#kind)
      const value = counter ? this.#rate(label, counter, elapsedMs, unitIn(reading)) : gaugeIn(reading)
      if (counter) counters.set(label, counter)
      if (value !== undefined) values.set(label, value)
    }
    // A series that was not read this time is forgotten, and begins anew when it comes back.
    this.#counters = counters
    this.#moment = moment
    return values
  }

  /** Undefined after a reset: a counter that shrinks was set back, or is at the end of its 32 bits. */
  #rate(label: string, now: Counter, elapsedMs: number, unit = this.#unit): number | undefined {
    const before = this.#counters.get(label)
    if (!before || elapsedMs <= 0 || now.part < before.part) return undefined
    if (now.whole !== undefined && before.whole !== undefined) return share(before, now)
    const perSecond = ((now.part - before.part) * 1000) / elapsedMs
    if (byteUnits.has(unit)) return roundedByteRate(perSecond)
    const isWhole = Number.isInteger(before.part) && Number.isInteger(now.part)
    return roundedRate(perSecond, { isWhole, everyMs: this.#everyMs })
  }

  /** Milliseconds since the reading before; 0 when there is none that counts. */
  #elapsed({ at, boot }: Moment): number {
    const before = this.#moment
    if (!before || before.boot !== boot) return 0
    const elapsed = at - before.at
    return elapsed <= this.#everyMs * gapIntervals ? elapsed : 0
  }
}

function counterIn(reading: SeriesReading, kind: Kind): Counter | undefined {
  if (typeof reading === 'number') return kind === 'counter' ? { part: reading, whole: undefined } : undefined
  if ('part' in reading) return { part: reading.part, whole: reading.whole }
  const { value, kind: own = kind } = reading
  return value !== null && own === 'counter' ? { part: value, whole: undefined } : undefined
}

function gaugeIn(reading: SeriesReading): number | undefined {
  if (typeof reading === 'number') return reading
  return 'value' in reading ? (reading.value ?? undefined) : undefined
}

const unitIn = (reading: SeriesReading): string | undefined =>
  typeof reading === 'number' || reading.unit === undefined ? undefined : unitText(reading.unit)

const byteUnits: ReadonlySet<string> = new Set(['byte/s', 'bit/s'])

/** In percent; undefined where the whole did not grow. */
function share(before: Counter, now: Counter): number | undefined {
  const whole = (now.whole ?? 0) - (before.whole ?? 0)
  return whole > 0 ? roundedShare(Math.min((100 * (now.part - before.part)) / whole, 100), whole) : undefined
}
