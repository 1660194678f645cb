// A phone that looks at live data all day should not pay for it. A round of points becomes one short line: series that
// come together are named once and by number from then on, a value is the difference from the one before, as a whole
// number of its series' own unit, and what repeats is one bit. Nothing is rounded. The digits are those of source maps:
// five bits in each character of base64, the lowest first, and one bit for whether more follow.

import type { LivePoints } from './wire.ts'

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const numberOf = new Map([...digits].map((digit, value) => [digit, value]))

/** What values are counted in, the coarsest first: pages, kibibytes, ones, tenths … A finer one counts all that a coarser does. */
const units: readonly { times: number; over: number }[] = [
  { times: 4096, over: 1 },
  { times: 1024, over: 1 },
  ...Array.from({ length: 10 }, (_, decimals) => ({ times: 1, over: 10 ** decimals })),
]
/** In place of a unit: the value has more digits than any of them, and stands as its 64 bits. */
const bare = units.length
/** Twice the difference of two whole numbers up to here is exact. */
const mostWhole = 2 ** 50
/** So many sets of series are remembered. */
const mostSets = 60

/** A round as it is on the way; `position` as in the ids of events, `sentAt` in ms, of which whole seconds arrive. */
export interface LiveRound {
  position: number
  sentAt: number
  points: LivePoints
}

/** What both ends know of a series after each round. */
interface Known {
  value: number
  unit: number
  whole: number
}

/** What both ends of one connection remember. */
class Memory {
  position: number
  seconds = 0
  time = 0
  stepMs = 0
  readonly sets: number[][] = []
  readonly known = new Map<number, Known>()

  constructor(position: number) {
    this.position = position
  }

  remember(set: number[]): void {
    if (this.sets.length < mostSets) this.sets.push(set)
  }
}

/** One end of a connection: rounds into lines, in their order. */
export class LivePacker {
  readonly #memory: Memory
  readonly #setNumbers = new Map<string, number>()
  #line = ''

  /** `position`: where the connection begins. */
  constructor(position: number) {
    this.#memory = new Memory(position)
  }

  pack({ position, sentAt, points }: LiveRound): string {
    const memory = this.#memory
    const seconds = Math.floor(sentAt / 1000)
    this.#line = ''
    this.#signed(position - memory.position)
    this.#signed(seconds - memory.seconds)
    this.#whole(points.length)
    memory.position = position
    memory.seconds = seconds
    for (const { time, values } of points) this.#group(time, values)
    return this.#line
  }

  #group(time: number, values: Readonly<Record<string, number>>): void {
    const memory = this.#memory
    const stepMs = time - memory.time
    this.#signed(stepMs - memory.stepMs)
    memory.time = time
    memory.stepMs = stepMs
    const ids = Object.keys(values).map(Number)
    this.#set(ids)
    const changed = ids.map((id) => !Object.is(memory.known.get(id)?.value, values[id]))
    for (let at = 0; at < ids.length; at += 6) {
      const bits = changed.slice(at, at + 6).reduce((sum, is, bit) => sum + (is ? 2 ** bit : 0), 0)
      this.#line += digits.charAt(bits)
    }
    ids.forEach((id, index) => {
      const value = values[id]
      if (changed[index] && value !== undefined) this.#value(id, value)
    })
  }

  #set(ids: number[]): void {
    const key = ids.join()
    const number = this.#setNumbers.get(key)
    this.#whole(number ?? 0)
    if (number !== undefined) return
    this.#whole(ids.length)
    for (const [index, id] of ids.entries()) this.#signed(id - (ids[index - 1] ?? 0))
    this.#memory.remember(ids)
    if (this.#setNumbers.size < mostSets) this.#setNumbers.set(key, this.#setNumbers.size + 1)
  }

  #value(id: number, value: number): void {
    const before = this.#memory.known.get(id)
    const whole = before && wholeOf(value, before.unit)
    if (before && whole !== null && whole !== undefined && whole !== before.whole) {
      this.#signed(whole - before.whole)
      this.#memory.known.set(id, { value, unit: before.unit, whole })
      return
    }
    const unit = units.findIndex((_, index) => index >= (before?.unit ?? 0) && wholeOf(value, index) !== null)
    const fresh = unit < 0 ? null : wholeOf(value, unit)
    this.#whole(0)
    this.#whole(fresh === null ? bare : unit)
    if (fresh === null) for (const half of halvesOf(value)) this.#whole(half)
    else this.#signed(fresh)
    this.#memory.known.set(id, { value, unit: fresh === null ? 0 : unit, whole: fresh ?? 0 })
  }

  #signed(number: number): void {
    this.#whole(number < 0 ? -2 * number - 1 : 2 * number)
  }

  #whole(number: number): void {
    let rest = number
    do {
      const low = rest % 32
      rest = (rest - low) / 32
      this.#line += digits.charAt(low + (rest > 0 ? 32 : 0))
    } while (rest > 0)
  }
}

/** The other end: lines back into rounds. Throws a RangeError for a line that is none. */
export class LiveUnpacker {
  readonly #memory: Memory
  #line = ''
  #at = 0

  constructor(position: number) {
    this.#memory = new Memory(position)
  }

  unpack(line: string): LiveRound {
    const memory = this.#memory
    this.#line = line
    this.#at = 0
    memory.position += this.#signed()
    memory.seconds += this.#signed()
    const count = this.#whole()
    const points = Array.from({ length: count }, () => this.#group())
    if (this.#at !== line.length) throw new RangeError('There is more than a round here.')
    return { position: memory.position, sentAt: memory.seconds * 1000, points }
  }

  #group(): LivePoints[number] {
    const memory = this.#memory
    memory.stepMs += this.#signed()
    memory.time += memory.stepMs
    const ids = this.#set()
    const bits = Array.from({ length: Math.ceil(ids.length / 6) }, () => this.#digit())
    const values: Record<string, number> = {}
    ids.forEach((id, index) => {
      const isChanged = Math.floor((bits[Math.floor(index / 6)] ?? 0) / 2 ** (index % 6)) % 2 === 1
      values[id] = isChanged ? this.#value(id) : (memory.known.get(id)?.value ?? Number.NaN)
    })
    return { time: memory.time, values }
  }

  #set(): number[] {
    const number = this.#whole()
    const known = this.#memory.sets[number - 1]
    if (known) return known
    let id = 0
    const ids = Array.from({ length: this.#whole() }, () => {
      id += this.#signed()
      return id
    })
    this.#memory.remember(ids)
    return ids
  }

  #value(id: number): number {
    const { known } = this.#memory
    const before = known.get(id)
    const start = this.#at
    const difference = this.#signed()
    if (difference !== 0 && before) {
      const whole = before.whole + difference
      const value = valueIn(whole, before.unit)
      known.set(id, { value, unit: before.unit, whole })
      return value
    }
    this.#at = start + 1
    const unit = this.#whole()
    const whole = unit === bare ? 0 : this.#signed()
    const value = unit === bare ? fromHalves(this.#whole(), this.#whole()) : valueIn(whole, unit)
    known.set(id, { value, unit: unit === bare ? 0 : unit, whole })
    return value
  }

  #signed(): number {
    const number = this.#whole()
    return number % 2 === 1 ? -(number + 1) / 2 : number / 2
  }

  #whole(): number {
    let number = 0
    for (let place = 1; ; place *= 32) {
      const digit = this.#digit()
      number += (digit % 32) * place
      if (digit < 32) return number
    }
  }

  #digit(): number {
    const digit = numberOf.get(this.#line.charAt(this.#at++))
    if (digit === undefined) throw new RangeError('This is no round of points.')
    return digit
  }
}

/** The value as a whole number of a unit, or null when it is none. */
function wholeOf(value: number, unit: number): number | null {
  const { times, over } = units[unit] ?? { times: 1, over: 1 }
  const whole = Math.round((value * over) / times)
  return Math.abs(whole) <= mostWhole && valueIn(whole, unit) === value ? whole : null
}

function valueIn(whole: number, unit: number): number {
  const { times, over } = units[unit] ?? { times: 1, over: 1 }
  return (whole * times) / over
}

const bits = new DataView(new ArrayBuffer(8))

function halvesOf(value: number): [number, number] {
  bits.setFloat64(0, value)
  return [bits.getUint32(0), bits.getUint32(4)]
}

function fromHalves(high: number, low: number): number {
  bits.setUint32(0, high)
  bits.setUint32(4, low)
  return bits.getFloat64(0)
}
