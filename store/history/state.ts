// What is known of each category's history besides its points: how far the log is sealed, how far each level is
// built and where it is out of date, and what was given up to the settings. Kept in memory, read again on change.

import type { Database } from 'better-sqlite3'
import { ByteReader, ByteWriter } from '../codec/bytes.ts'
import { Head } from './head.ts'
import { readNumber, writeNumber } from './log-entry.ts'

export interface Level {
  /** Length of its buckets, ms. */
  readonly step: number
  /** Buckets before this time are built. */
  builtTo: number
}

/** Buckets of a level in [start, end) that have to be built again. */
export interface Stale {
  readonly id: number
  readonly step: number
  readonly start: number
  readonly end: number
}

export interface TimedValue {
  time: number
  value: number
}

export interface CategoryState {
  readonly category: number
  /** Rows of the log up to this are in chunks. */
  sealed: number
  /** A seal in the middle: of rows up to `row`, what is before `time` is in chunks too. */
  job: { row: number; time: number } | null
  /** First and last time that was ever sealed. */
  first: number
  last: number
  /** Points before this were given up: levels are all there is. */
  rawFrom: number
  /** Everything before this was given up. */
  prunedTo: number
  /** Ascending by step; none until the first seal. */
  levels: Level[]
  stale: Stale[]
  /** Newest sealed point by series. */
  newest: Map<number, TimedValue>
  readonly head: Head
}

interface HistoryRow {
  category: number
  sealed: number
  jobRow: number | null
  jobTime: number | null
  first: number | null
  last: number | null
  rawFrom: number | null
  prunedTo: number | null
  newest: Buffer
}

const never = Number.NEGATIVE_INFINITY

export class States {
  readonly #states = new Map<number, CategoryState>()
  readonly #sql
  #revision = -1

  constructor(sqlite: Database) {
    this.#sql = {
      revision: sqlite.prepare<[], number>('SELECT revision FROM upkeep').pluck(),
      raise: sqlite.prepare('UPDATE upkeep SET revision = revision + 1'),
      histories: sqlite.prepare<[], HistoryRow>(
        `SELECT category, sealed, job_row AS jobRow, job_time AS jobTime, first, last, raw_from AS rawFrom,
           pruned_to AS prunedTo, newest FROM history`,
      ),
      levels: sqlite.prepare<[], { category: number; step: number; builtTo: number | null }>(
        'SELECT category, step, built_to AS builtTo FROM level ORDER BY category, step',
      ),
      stale: sqlite.prepare<[], Stale & { category: number }>(
        'SELECT id, category, step, start, "end" FROM stale ORDER BY category, start',
      ),
      save: sqlite.prepare(
        `REPLACE INTO history (category, sealed, job_row, job_time, first, last, raw_from, pruned_to, newest)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ),
      saveLevel: sqlite.prepare('REPLACE INTO level (category, step, built_to) VALUES (?, ?, ?)'),
      addStale: sqlite.prepare('INSERT INTO stale (category, step, start, "end") VALUES (?, ?, ?, ?)'),
      removeStale: sqlite.prepare('DELETE FROM stale WHERE id = ?'),
    }
  }

  /** Changes with every upkeep that any process committed. */
  get revision(): number {
    return this.#revision
  }

  of(category: number): CategoryState {
    let state = this.#states.get(category)
    if (!state) {
      state = newState(category)
      this.#states.set(category, state)
    }
    return state
  }

  all(): Iterable<CategoryState> {
    return this.#states.values()
  }

  /** Reads again what another process may have changed; true when anything was. */
  refresh(): boolean {
    const revision = this.#sql.revision.get() ?? 0
    if (revision === this.#revision) return false
    this.#revision = revision
    for (const state of this.all()) Object.assign(state, newFields())
    for (const row of this.#sql.histories.all()) Object.assign(this.of(row.category), fieldsOf(row))
    for (const { category, step, builtTo } of this.#sql.levels.all()) {
      this.of(category).levels.push({ step, builtTo: builtTo ?? never })
    }
    for (const { category, ...stale } of this.#sql.stale.all()) this.of(category).stale.push(stale)
    return true
  }

  /** After a rolled back transaction: what it changed in memory is read again. */
  forget(): void {
    this.#revision = -1
  }

  /** Writes a category's state. Only inside a transaction. */
  save(state: CategoryState): void {
    const { category, sealed, job, first, last, rawFrom, prunedTo, newest } = state
    this.#sql.save.run(
      category,
      sealed,
      job?.row ?? null,
      job?.time ?? null,
      finite(first),
      finite(last),
      finite(rawFrom),
      finite(prunedTo),
      packNewest(newest),
    )
    for (const { step, builtTo } of state.levels) this.#sql.saveLevel.run(category, step, finite(builtTo))
  }

  /** Only inside a transaction. */
  addStale({ category, stale }: CategoryState, step: number, start: number, end: number): void {
    const id = Number(this.#sql.addStale.run(category, step, start, end).lastInsertRowid)
    stale.push({ id, step, start, end })
  }

  /** Only inside a transaction. */
  removeStale({ stale }: CategoryState, done: Stale): void {
    this.#sql.removeStale.run(done.id)
    stale.splice(stale.indexOf(done), 1)
  }

  /** Tells all other processes to look again. Only inside a transaction, after `refresh`. */
  raise(): void {
    this.#sql.raise.run()
    this.#revision++
  }
}

const finite = (time: number): number | null => (Number.isFinite(time) ? time : null)

const newState = (category: number): CategoryState => ({ category, ...newFields(), head: new Head() })

const newFields = (): Omit<CategoryState, 'category' | 'head'> => ({
  sealed: 0,
  job: null,
  first: Number.POSITIVE_INFINITY,
  last: never,
  rawFrom: never,
  prunedTo: never,
  levels: [],
  stale: [],
  newest: new Map(),
})

function fieldsOf(row: HistoryRow) {
  const { sealed, jobRow, jobTime, first, last, rawFrom, prunedTo, newest } = row
  return {
    sealed,
    job: jobRow === null || jobTime === null ? null : { row: jobRow, time: jobTime },
    first: first ?? Number.POSITIVE_INFINITY,
    last: last ?? never,
    rawFrom: rawFrom ?? never,
    prunedTo: prunedTo ?? never,
    newest: unpackNewest(newest),
  }
}

function packNewest(newest: ReadonlyMap<number, TimedValue>): Uint8Array {
  const bytes = new ByteWriter()
  let lastTime = 0
  for (const [series, { time, value }] of newest) {
    bytes.varint(series)
    bytes.signed(time - lastTime)
    writeNumber(bytes, value)
    lastTime = time
  }
  return bytes.copy()
}

function unpackNewest(blob: Uint8Array): Map<number, TimedValue> {
  const newest = new Map<number, TimedValue>()
  const bytes = new ByteReader(blob)
  let time = 0
  while (!bytes.done) {
    const series = bytes.varint()
    time += bytes.signed()
    newest.set(series, { time, value: readNumber(bytes) })
  }
  return newest
}
