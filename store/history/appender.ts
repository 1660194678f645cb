// Stores points: one row of the log for everything that came together, and the same points in memory once SQLite
// has committed them. Nothing else is touched, which is what makes storing cheap.

import type { Point } from '../../common/point.ts'
import { Problem } from '../../common/problem.ts'
import type { Catalogue, CategoryEntry } from '../catalogue.ts'
import type { Connection } from '../connection.ts'
import type { Live } from './live.ts'
import { LogEntryWriter } from './log-entry.ts'
import type { CategoryState, States } from './state.ts'

/** A row is not longer than this, give or take a point: who follows the log reads it row by row. */
const mostRowBytes = 16_384

/** Times beyond these (some 70,000 years) leave no room to count milliseconds between them. */
const latestTime = 2 ** 51

/** Where the points of one category go, found once for all that stand together. */
interface Place {
  project: string
  category: string
  entry: CategoryEntry
  state: CategoryState
}

export interface AppenderOptions {
  connection: Connection
  catalogue: Catalogue
  states: States
  live: Live
}

export class Appender {
  /** Rows of the log written since this process began. */
  rowsWritten = 0
  /** Bytes of the log written since this process began. */
  bytesWritten = 0
  readonly #options: AppenderOptions
  readonly #insert
  readonly #entry = new LogEntryWriter()
  /** Points of the present transaction, to be added to the heads when it is committed. */
  #pendingStates: CategoryState[] = []
  #pendingSeries = new Uint32Array(1024)
  #pendingRows = new Float64Array(1024)
  #pending = 0
  #kept: Point[] = []

  constructor(options: AppenderOptions) {
    this.#options = options
    this.#insert = options.connection.sqlite.prepare('INSERT INTO log (id, points) VALUES (?, ?)')
  }

  /** All points in one transaction. Throws a Problem `invalid` for what cannot be stored. */
  append(points: readonly Point[]): void {
    if (points.length === 0) return
    for (let i = 0; i < points.length; i++) check(points[i] as Point)
    const { connection, catalogue, live } = this.#options
    let lastRow: number
    try {
      this.#reset()
      lastRow = connection.write(() => this.#store(points))
    } catch (error) {
      catalogue.forget()
      live.forget()
      throw error
    }
    this.#addToHeads()
    live.added(lastRow)
  }

  #store(points: readonly Point[]): number {
    const { catalogue, live } = this.#options
    catalogue.refresh()
    live.catchUp()
    let row = live.lastRow + 1
    let place: Place | undefined
    for (let i = 0; i < points.length; i++) {
      const point = points[i] as Point
      if (!place || place.category !== point.category || place.project !== point.project) {
        place = this.#placeOf(point)
      }
      const series = (place.entry.series.get(point.label) ?? catalogue.needSeries(place.entry, point.label))
        .id
      if (place.state.head.has(series, point.time, point.value)) continue
      this.#entry.add(place.entry.id, series, point.time, point.value)
      this.#remember(place.state, series, row, point)
      if (this.#entry.length >= mostRowBytes) this.#insertRow(row++)
    }
    if (this.#entry.length > 0) this.#insertRow(row++)
    return row - 1
  }

  #placeOf({ project, category }: Point): Place {
    const entry = this.#options.catalogue.needCategory(project, category)
    return { project, category, entry, state: this.#options.states.of(entry.id) }
  }

  #insertRow(row: number): void {
    this.bytesWritten += this.#entry.length
    this.#insert.run(row, this.#entry.take())
    this.rowsWritten++
  }

  #reset(): void {
    this.#entry.clear()
    this.#pending = 0
    this.#kept.length = 0
    this.#pendingStates.length = 0
  }

  #remember(state: CategoryState, series: number, row: number, point: Point): void {
    const at = this.#pending++
    if (at === this.#pendingSeries.length) {
      this.#pendingSeries = enlarged(this.#pendingSeries, new Uint32Array(at * 2))
      this.#pendingRows = enlarged(this.#pendingRows, new Float64Array(at * 2))
    }
    this.#pendingStates.push(state)
    this.#kept.push(point)
    this.#pendingSeries[at] = series
    this.#pendingRows[at] = row
  }

  #addToHeads(): void {
    for (let i = 0; i < this.#pending; i++) {
      const { time, value } = this.#kept[i] as Point
      const { head } = this.#pendingStates[i] as CategoryState
      head.add(this.#pendingRows[i] as number, this.#pendingSeries[i] as number, time, value)
    }
    this.#reset()
  }
}

function enlarged<T extends Uint32Array | Float64Array>(column: T, larger: T): T {
  larger.set(column)
  return larger
}

function check({ time, value }: Point): void {
  if (!Number.isInteger(time) || time > latestTime || time < -latestTime) {
    throw new Problem('invalid', 'time is not a whole number of milliseconds', {
      field: 'time',
      given: time,
      expected: 'milliseconds since 1970 as an integer',
    })
  }
  if (!Number.isFinite(value)) {
    throw new Problem('invalid', 'value is not a finite number', {
      field: 'value',
      given: value,
      expected: 'a finite number',
    })
  }
}
