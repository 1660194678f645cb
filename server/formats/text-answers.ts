// How routes for programs that know no JSON errors store what they got, and say in a line of text what is wrong: that line
// is what those programs write to their logs.

import type { Context } from 'hono'
import { Problem } from '../../common/problem.ts'
import { statusOf } from '../answers/problem-answer.ts'
import type { Door } from '../points/door.ts'
import { inSlices } from '../points/in-slices.ts'
import { shownKey } from './credentials.ts'

/** The body is not in the format that it should be in; the message says where. */
export class FormatError extends Error {
  override readonly name: string = 'FormatError'
}

/** Reads all, a slice at a time; where anything is wrong with the body, nothing of it will be stored. */
export async function whole(door: Door, step: () => boolean): Promise<void> {
  try {
    await inSlices(step)
  } catch (error) {
    door.intake.giveUp()
    throw error
  }
}

/** Stores what is good; points that were left out are said with 400, which nobody sends again. */
export async function store(c: Context, door: Door, done: 200 | 204): Promise<Response> {
  const { intake } = door
  await door.store()
  const [first] = intake.refusals
  if (!first) return c.body(null, done)
  if (first.code === 'too-many' && intake.length === 0) {
    throw new Problem('too-many', first.message, { retryAfterSeconds: 3600 })
  }
  const detail = first.expected === undefined ? '' : ` (expected ${first.expected})`
  return c.text(
    `partial write: series ${first.line}: ${first.message}${detail} dropped=${intake.refused}\n`,
    400,
  )
}

/** What opens the project. Throws a Problem `unauthorized` where nothing is shown. */
export function keyOf(c: Context): string {
  const key = shownKey(c, ['projectid', 'token'])
  if (key !== undefined) return key
  throw new Problem('unauthorized', 'no password: it is the id of a project, from /register?name=NAME')
}

/** Errors as one line of text, which is what Prometheus' programs write to their logs. */
export async function answered(c: Context, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof FormatError) return c.text(`${error.message}\n`, 400)
    if (!(error instanceof Problem)) throw error
    const { code, message, details } = error
    const status = code === 'not-found' ? 401 : statusOf[code]
    const wait = details.retryAfterSeconds ?? (code === 'unavailable' ? 1 : undefined)
    if (wait !== undefined) c.header('Retry-After', String(wait))
    if (status === 401) c.header('WWW-Authenticate', 'Basic realm="project id as password"')
    return c.text(`${message}\n`, status)
  }
}
