// Points of one request, all or none: every record is checked before the first is stored. Records may name their
// projects; on this very machine a project may be new, and is then made once all of its points are known to be good.

import type { Context } from 'hono'
import { Problem, type ProblemDetails, type RefusedLine } from '../../common/problem.ts'
import type { ProjectRecord } from '../../store/app-types.ts'
import type { Parts } from '../services.ts'
import { customProject, mayMakeProject } from './custom-project.ts'
import { mostRefusalsTold } from './incoming.ts'
import type { Intake } from './intake.ts'
import { type ReadRecord, readRecord } from './read-record.ts'
import type { Fields } from './request-fields.ts'

interface Part {
  intake: Intake
  /** Null: not made yet. */
  project: ProjectRecord | null
}

export class Batch {
  readonly #c: Context
  readonly #parts: Parts
  /** By the id that opens the project. */
  readonly #byId = new Map<string, Part>()
  readonly #unread: RefusedLine[] = []
  #unreadCount = 0
  #ownId: string | undefined
  #lastId: string | undefined
  #last: Part | undefined

  /** `ownId` is the project of records that name none. Throws a Problem where it opens nothing. */
  constructor(c: Context, parts: Parts, ownId?: string) {
    this.#c = c
    this.#parts = parts
    this.#ownId = ownId
    if (ownId !== undefined) this.#partOf(ownId)
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
    const { intake } = this.#partOf(record.projectid ?? this.#ownId ?? '')
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
    const intakes = [...this.#byId.values()].map(({ intake }) => intake)
    const all = [...this.#unread, ...intakes.flatMap(({ refusals }) => refusals)]
    return {
      first: all.sort((a, b) => a.line - b.line).slice(0, mostRefusalsTold),
      count: intakes.reduce((sum, { refused }) => sum + refused, this.#unreadCount),
    }
  }

  /** Stores all points; their number. Only where nothing was refused. */
  async store(): Promise<number> {
    const intakes: Intake[] = []
    for (const [id, part] of this.#byId) intakes.push(part.project ? part.intake : this.#make(id, part))
    await Promise.all(intakes.map((intake) => intake.store()))
    return intakes.reduce((sum, { length }) => sum + length, 0)
  }

  /** Nothing will be stored. */
  giveUp(): void {
    for (const { intake } of this.#byId.values()) intake.giveUp()
  }

  #partOf(id: string): Part {
    if (id === this.#lastId && this.#last) return this.#last
    const part = this.#byId.get(id) ?? this.#open(id)
    this.#lastId = id
    this.#last = part
    return part
  }

  #open(id: string): Part {
    const { appStore, ingest } = this.#parts
    const project = appStore.projectById(id)
    if (!project) mayMakeProject(this.#c, this.#parts, id)
    const part = { project, intake: project ? ingest.open(project) : ingest.trial() }
    this.#byId.set(id, part)
    return part
  }

  #make(id: string, { intake }: Part): Intake {
    const opened = this.#parts.ingest.open(customProject(this.#parts, id))
    intake.moveTo(opened)
    return opened
  }
}

/** What a request with one point is answered. */
export function onlyRefusal({ code, message, field, given, expected }: RefusedLine): Problem {
  return new Problem(code, message, detailsOf({ field, given, expected }))
}

/** What a request with many points is answered: none of them is stored. */
export function manyRefusals({ first, count }: { first: readonly RefusedLine[]; count: number }): Problem {
  const [worst] = first
  const { line = 0, message = '', field, given, expected } = worst ?? {}
  const code = first.every((one) => one.code === 'too-many') ? 'too-many' : 'invalid'
  const points = count === 1 ? '1 point was' : `${count} points were`
  return new Problem(code, `${points} refused and none stored; line ${line}: ${message}`, {
    ...detailsOf({ field, given, expected }),
    refused: first,
    refusedCount: count,
    ...(code === 'too-many' && { retryAfterSeconds: seriesRetrySeconds }),
  })
}

/** Series go when their last point is too old: nobody knows when, but an hour may change it. */
const seriesRetrySeconds = 3600

function detailsOf({
  field,
  given,
  expected,
}: {
  field: string | undefined
  given: unknown
  expected: string | undefined
}): ProblemDetails {
  return {
    ...(field !== undefined && { field }),
    ...(given !== undefined && { given }),
    ...(expected !== undefined && { expected }),
  }
}
