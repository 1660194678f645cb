// Stores points: those of one category and time become one row, a point that comes later joins the row or
// replaces its value, and the roll-ups follow in the same transaction.

import type { Point } from '../common/point.ts'
import { Problem } from '../common/problem.ts'
import type { Catalogue, CategoryEntry } from './catalogue.ts'
import type { Connection } from './connection.ts'
import { floorTo, minuteMs } from './levels.ts'
import { addValue } from './rollup-codec.ts'
import { type Rollups, type TouchedMinute, touched } from './rollups.ts'
import { packRound, type RoundValues, unpackRound } from './round-codec.ts'

interface RoundRow {
  id: number
  points: Buffer
}

type Batch = Map<CategoryEntry, Map<number, RoundValues>>

export class Appender {
  /** Rows of points written since this process began. */
  rowsWritten = 0
  readonly #connection: Connection
  readonly #catalogue: Catalogue
  readonly #rollups: Rollups
  readonly #insert
  readonly #find
  readonly #renew

  constructor(connection: Connection, catalogue: Catalogue, rollups: Rollups) {
    this.#connection = connection
    this.#catalogue = catalogue
    this.#rollups = rollups
    const { sqlite } = connection
    this.#insert = sqlite.prepare('INSERT OR IGNORE INTO round (category, time, points) VALUES (?, ?, ?)')
    this.#find = sqlite.prepare<[number, number], RoundRow>(
      'SELECT id, points FROM round WHERE time = ? AND category = ?',
    )
    // Under a new id, so that those who follow the ids see the change.
    this.#renew = sqlite.prepare(
      'UPDATE round SET id = (SELECT max(id) + 1 FROM round), points = ? WHERE id = ?',
    )
  }

  /** All points in one transaction. Throws a Problem `invalid` for what cannot be stored. */
  append(points: readonly Point[]): void {
    if (points.length === 0) return
    points.forEach(check)
    try {
      this.#connection.write(() => this.#store(points))
    } catch (error) {
      this.#catalogue.forget()
      throw error
    }
  }

  #store(points: readonly Point[]): void {
    this.#catalogue.refresh()
    for (const [category, rounds] of this.#group(points)) {
      const minutes = new Map<number, TouchedMinute>()
      for (const [time, values] of rounds) this.#storeRound(category.id, time, values, minutes)
      this.#rollups.apply(category.id, minutes)
    }
  }

  #group(points: readonly Point[]): Batch {
    const batch: Batch = new Map()
    for (const { project, category: name, label, time, value } of points) {
      const category = this.#catalogue.needCategory(project, name)
      const rounds = getOrMake(batch, category)
      getOrMake(rounds, time).set(this.#catalogue.needSeries(category, label).id, value)
    }
    return batch
  }

  #storeRound(
    category: number,
    time: number,
    values: RoundValues,
    minutes: Map<number, TouchedMinute>,
  ): void {
    const isNew = this.#insert.run(category, time, packRound(values)).changes === 1
    const old = isNew ? undefined : this.#find.get(time, category)
    const known: RoundValues = old ? unpackRound(old.points) : new Map()
    const changes = [...values].filter(([series, value]) => !Object.is(known.get(series), value))
    if (changes.length === 0) return
    const minute = touched(minutes, floorTo(time, minuteMs))
    for (const [series, value] of changes) {
      if (known.has(series)) minute.replaced = true
      else addValue(minute.added, series, value)
    }
    if (old) this.#renew.run(packRound(new Map([...known, ...changes])), old.id)
    this.rowsWritten += 1
  }
}

function getOrMake<K, A, B>(map: Map<K, Map<A, B>>, key: K): Map<A, B> {
  let inner = map.get(key)
  if (!inner) {
    inner = new Map()
    map.set(key, inner)
  }
  return inner
}

function check({ time, value }: Point): void {
  if (!Number.isSafeInteger(time)) {
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
