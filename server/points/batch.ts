// Points of one request, all or none: every record is checked before the first is stored. Records may name their
// projects, each its own.

import type { Context } from 'hono'
import { Problem, type ProblemDetails, type RefusedLine } from '../../common/problem.ts'
import type { Parts } from '../services.ts'
import { type Door, openDoor } from './door.ts'
import { mostRefusalsTold } from './incoming.ts'
import { type ReadRecord, readRecord } from './read-record.ts'
import type { Fields } from './request-fields.ts'

export class Batch {
  readonly #open: (id: string) => Door
  readonly #ownId: string | undefined
  /** By the id that opens the project. */
  readonly #doors = new Map<string, Door>()
  readonly #unread: RefusedLine[] = []
  #unreadCount = 0
  #lastId: string | undefined
  #last: Door | undefined

  /** `ownId` is the project of records that name none. Throws a Problem where it opens nothing. */
  constructor(c: Context, parts: Parts, ownId?: string) {
    this.#open = (id) => openDoor(c, parts, id)
    this.#ownId = ownId
    if (ownId !== undefined) this.#doorOf(ownId)
  }

  /** Reads a record and takes its point, or writes down what is wrong. The point's time in ms, if it was taken. */
  add(fields: Fields, line: number): number | undefined {
    let record: ReadRecord
    try {
      record = readRecord(fields, { own: this.#ownId !== undefined })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      this.refuse(line, error)
      return undefined
    }
    const { intake } = this.#doorOf(record.projectid ?? this.#ownId ?? '')
    const { category, label, value, says, time = intake.now } = record
    return intake.add(category, label, time, value, line, says) ? time : undefined
  }

  refuse(line: number, { message, details }: Problem): void {
    this.#unreadCount++
    if (this.#unread.length >= mostRefusalsTold) return
    const { field, given, expected } = details
    this.#unread.push({ line, code: 'invalid', message, field, given, expected })
  }

  /** What was refused, in order of lines, and how many in all. */
  refusals(): { first: RefusedLine[]; count: number } {
    const intakes = [...this.#doors.values()].map(({ intake }) => intake)
    const all = [...this.#unread, ...intakes.flatMap(({ refusals }) => refusals)]
    return {
      first: all.sort((a, b) => a.line - b.line).slice(0, mostRefusalsTold),
      count: intakes.reduce((sum, { refused }) => sum + refused, this.#unreadCount),
    }
  }

  /** Stores all points; their number. Throws a Problem that names what was refused, and then stores nothing. */
  async store(): Promise<number> {
    const refusals = this.refusals()
    const doors = [...this.#doors.values()]
    if (refusals.count > 0) {
      for (const { intake } of doors) intake.giveUp()
      throw manyRefusals(refusals)
    }
    const points = doors.reduce((sum, { intake }) => sum + intake.length, 0)
    await Promise.all(doors.map((door) => door.store()))
    return points
  }

  #doorOf(id: string): Door {
    if (id === this.#lastId && this.#last) return this.#last
    const door = this.#doors.get(id) ?? this.#open(id)
    this.#doors.set(id, door)
    this.#lastId = id
    this.#last = door
    return door
  }
}

/** What a request with one point is answered. */
export const onlyRefusal = ({ code, message, ...rest }: RefusedLine): Problem =>
  new Problem(code, message, {
    ...detailsOf(rest),
    ...(code === 'too-many' && { retryAfterSeconds: seriesRetrySeconds }),
  })

/** What a request with many points is answered: none of them is stored. */
function manyRefusals({ first, count }: { first: readonly RefusedLine[]; count: number }): Problem {
  const [worst] = first
  const code = first.every((one) => one.code === 'too-many') ? 'too-many' : 'invalid'
  const points = count === 1 ? '1 point was' : `${count} points were`
  return new Problem(code, `${points} refused and none stored; line ${worst?.line}: ${worst?.message}`, {
    ...(worst && detailsOf(worst)),
    refused: first,
    refusedCount: count,
    ...(code === 'too-many' && { retryAfterSeconds: seriesRetrySeconds }),
  })
}

/** Series go when their last point is too old: nobody knows when, but an hour may change it. */
export const seriesRetrySeconds = 3600

function detailsOf({
  field,
  given,
  expected,
}: Pick<RefusedLine, 'field' | 'given' | 'expected'>): ProblemDetails {
  return {
    ...(field !== undefined && { field }),
    ...(given !== undefined && { given }),
    ...(expected !== undefined && { expected }),
  }
}
