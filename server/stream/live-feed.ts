// What one connection is told: new points once and in order, and what happened to the past as a span to load again.
// A feed knows no socket and no timer; the hub brings it what was stored and takes away the text to send.

import { type LastValues, withoutRepeats } from '../../common/live-delta.ts'
import { LivePacker } from '../../common/packed-live.ts'
import type { Hello, Late, LivePoints } from '../../common/wire.ts'
import type { StoredPoint, Value } from '../../store/types.ts'
import { eventText, type ServerEvent } from './events.ts'
import { type StreamPosition, writeResumeId } from './resume-id.ts'

export interface FeedOptions {
  project: string
  /** The points of all projects that are shown beside it are sent too. */
  withCustom?: boolean
  databaseId: string
  /** Where the connection goes on, or where the store ends. */
  start: StreamPosition
  resumed: boolean
  /** The newest values of what is shown. */
  latest: readonly Value[]
  /** Name repeated values instead of sending them. */
  delta: boolean
  /** Send points as packed lines, which carry where to go on as well. */
  packed?: boolean
}

export interface Stored {
  points: readonly StoredPoint[]
  position: number
  /** The store no longer has all points since the last look in their order. */
  missed?: true
  /** Of the catalogue that the points belong to. */
  signature: string
  /** Keys of further projects that are shown beside the feed's own. */
  beside?: ReadonlySet<string>
}

interface TimedValue {
  time: number
  value: number
}

/** A series' first point that is older than this (ms) is history to be loaded, not news. */
const newsMs = 60_000
const retryMs = 1000

// Spread arguments would overflow the stack on a long list.
const least = (times: readonly number[]): number => times.reduce((a, b) => Math.min(a, b))
const most = (times: readonly number[]): number => times.reduce((a, b) => Math.max(a, b))

const entry = ({ id, time, value }: Value): [number, TimedValue] => [id, { time, value }]

/** Series whose newest point an earlier connection may have brought, or may not: then it is to be loaded again. */
const seenBefore = (latest: readonly Value[], newest: number): [number, TimedValue][] =>
  latest.filter(({ time }) => time <= newest).map((value) => entry({ ...value, value: Number.NaN }))

export class LiveFeed {
  readonly project: string
  readonly withCustom: boolean
  readonly #databaseId: string
  readonly #resumed: boolean
  /** The newest point of each series that this connection was sent or can load. */
  readonly #newest: Map<number, TimedValue>
  readonly #sent: LastValues | null
  readonly #packer: LivePacker | null
  #at: StreamPosition
  /** Until the first points after a resume: what is not newer than this may have been sent before. */
  #resumedAt: number | null

  constructor(options: FeedOptions) {
    const { project, databaseId, start, resumed, latest, delta } = options
    this.project = project
    this.withCustom = options.withCustom ?? false
    this.#databaseId = databaseId
    this.#resumed = resumed
    this.#newest = new Map(resumed ? seenBefore(latest, start.newest) : latest.map(entry))
    this.#packer = options.packed ? new LivePacker(start.position) : null
    this.#sent = delta && !options.packed ? new Map() : null
    this.#at = start
    this.#resumedAt = resumed ? start.newest : null
  }

  get position(): number {
    return this.#at.position
  }

  /** The first event of a connection. */
  hello(version: string, now: number): string {
    this.#at = { ...this.#at, sentAt: now }
    const data: Hello = { version, now, resumed: this.#resumed }
    return eventText({ event: 'hello', id: this.#id(), data, retry: retryMs })
  }

  /** Moves the browser's last event id on while nothing happens, and shows a dead connection. */
  heartbeat(now: number): string {
    this.#at = { ...this.#at, sentAt: now }
    return `:\n${eventText({ id: this.#id() })}`
  }

  /** The events for what was stored after `position`; empty for nothing. */
  take({ points, position, signature, missed, beside }: Stored, now: number): string {
    const shown = points.filter(({ project }) => project === this.project || beside?.has(project))
    const { fresh, late: found } = this.#sort(shown, now)
    const late = missed ? { from: Math.min(found?.from ?? now, this.#at.newest), to: now } : found
    const changed = signature !== this.#at.signature
    const newest = fresh.reduce((max, { time }) => Math.max(max, time), this.#at.newest)
    this.#at = { position, newest, sentAt: now, signature }
    // Only the last event may carry the id: were the connection cut before it, all of them come again.
    const events: ServerEvent[] = [
      ...(changed ? [{ event: 'catalogue', data: {} }] : []),
      ...(late ? [{ event: 'late', data: late }] : []),
    ]
    const isQuiet = events.length === 0
    const packed = fresh.length > 0 ? this.#packed(fresh) : ''
    if (fresh.length > 0 && !packed) events.push({ event: 'points', data: this.#grouped(fresh) })
    if (packed && isQuiet) return packed
    if (packed) return `${events.map(eventText).join('')}${packed}${eventText({ id: this.#id() })}`
    const last = events.at(-1)
    if (!last) return ''
    return [...events.slice(0, -1), { ...last, id: this.#id() }].map(eventText).join('')
  }

  /** Fresh points as an event without a name; '' where points are not packed. */
  #packed(points: readonly StoredPoint[]): string {
    const { position, sentAt } = this.#at
    const line = this.#packer?.pack({ position, sentAt, points: this.#grouped(points) })
    return line === undefined ? '' : `data:${line}\n\n`
  }

  /** Points that are newer than all before of their series, and the span [from, to) of the others. */
  #sort(points: readonly StoredPoint[], now: number): { fresh: StoredPoint[]; late: Late | null } {
    const oldest = this.#resumedAt ?? now - newsMs
    const fresh: StoredPoint[] = []
    const past: number[] = []
    for (const point of points) {
      const { id, time, value } = point
      const known = this.#newest.get(id)
      if (known?.time === time && Object.is(known.value, value)) continue
      if (time > (known?.time ?? oldest)) {
        fresh.push(point)
        this.#newest.set(id, { time, value })
      } else {
        past.push(time)
      }
    }
    if (fresh.length > 0) this.#resumedAt = null
    const late = past.length > 0 ? { from: least(past), to: most(past) + 1 } : null
    return { fresh, late }
  }

  #grouped(points: readonly StoredPoint[]): LivePoints {
    const groups = new Map<number, Record<string, number>>()
    for (const { time, id, value } of points) {
      const group = groups.get(time) ?? {}
      group[id] = value
      groups.set(time, group)
    }
    const sorted = [...groups].sort(([a], [b]) => a - b).map(([time, values]) => ({ time, values }))
    return this.#sent ? withoutRepeats(sorted, this.#sent) : sorted
  }

  #id(): string {
    return writeResumeId(this.#databaseId, this.#at)
  }
}
