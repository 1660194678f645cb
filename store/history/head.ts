// The newest points of one category in memory, in order of storing: what the log holds and no chunk does yet.
// Every process keeps its own, so that questions about the last minutes read no row.

import type { Block } from '../codec/block.ts'
import { blockOfPoints } from './blocks.ts'

/** Points that `has` compares with at most. */
const mostLookedAt = 1024

/** Columns up to this length are kept for the points to come; longer ones, as an import makes them, are not. */
const keptRoom = 16_384

export class Head {
  /** Used part of the columns. */
  length = 0
  /** Rows of the log, ascending: of two points of one series and time the later one counts. */
  rows = new Float64Array(64)
  times = new Float64Array(64)
  series = new Uint32Array(64)
  values = new Float64Array(64)
  /** Least and greatest time; infinities when empty. */
  first = Number.POSITIVE_INFINITY
  last = Number.NEGATIVE_INFINITY
  /** Every point is newer than all others of its series: nothing is replaced, nothing out of order. */
  inOrder = true
  readonly #lastOf = new Map<number, number>()
  #block: Block | undefined

  add(row: number, series: number, time: number, value: number): void {
    const at = this.length
    this.#block = undefined
    if (at === this.times.length) this.#grow()
    this.rows[at] = row
    this.times[at] = time
    this.series[at] = series
    this.values[at] = value
    this.length = at + 1
    if (time < this.first) this.first = time
    if (time > this.last) this.last = time
    const before = this.#lastOf.get(series)
    if (before === undefined || time > before) this.#lastOf.set(series, time)
    else this.inOrder = false
  }

  /** All points in order of time; made again only after a change. */
  block(): Block {
    this.#block ??= blockOfPoints(this)
    return this.#block
  }

  /** Forgets points that are in chunks now: `sealed` tells by row and time. */
  drop(sealed: (row: number, time: number) => boolean): void {
    let dropped = 0
    for (let i = 0; i < this.length; i++)
      if (sealed(this.rows[i] as number, this.times[i] as number)) dropped++
    if (dropped === 0) return
    const { rows, times, series, values, length } = this
    this.#empty(length - dropped)
    // In place: what is kept never lies before where it goes.
    for (let i = 0; i < length; i++) {
      const row = rows[i] as number
      const time = times[i] as number
      if (!sealed(row, time)) this.add(row, series[i] as number, time, values[i] as number)
    }
  }

  /** True when `value` is known to be the newest of its series at `time`, bit by bit; looks back a little only. */
  has(series: number, time: number, value: number): boolean {
    if (time > (this.#lastOf.get(series) ?? Number.NEGATIVE_INFINITY)) return false
    for (let i = this.length - 1; i >= Math.max(0, this.length - mostLookedAt); i--) {
      if (this.times[i] === time && this.series[i] === series) return Object.is(this.values[i], value)
    }
    return false
  }

  #make(size: number): void {
    this.rows = new Float64Array(size)
    this.times = new Float64Array(size)
    this.series = new Uint32Array(size)
    this.values = new Float64Array(size)
  }

  #empty(room: number): void {
    if (this.times.length > keptRoom) this.#make(Math.max(64, room))
    this.#block = undefined
    this.length = 0
    this.first = Number.POSITIVE_INFINITY
    this.last = Number.NEGATIVE_INFINITY
    this.inOrder = true
    this.#lastOf.clear()
  }

  #grow(): void {
    const size = this.times.length * 2
    const enlarge = <T extends Float64Array | Uint32Array>(larger: T, column: T): T => {
      larger.set(column)
      return larger
    }
    this.rows = enlarge(new Float64Array(size), this.rows)
    this.times = enlarge(new Float64Array(size), this.times)
    this.series = enlarge(new Uint32Array(size), this.series)
    this.values = enlarge(new Float64Array(size), this.values)
  }
}
