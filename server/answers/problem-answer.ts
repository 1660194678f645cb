// Every error leaves the server as the same JSON body: a problem with its code, field and expectation; anything else
// is a bug, logged whole and shown as "internal error".

import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { Problem, type ProblemCode } from '../../common/problem.ts'
import type { WireError } from '../../common/wire.ts'
import { loggedPath } from './logged-path.ts'

/** The status of HTTP that a problem is answered with. */
export const statusOf: Readonly<Record<ProblemCode, ContentfulStatusCode>> = {
  invalid: 400,
  unauthorized: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'too-large': 413,
  unsupported: 415,
  'too-many': 429,
  unavailable: 503,
}

/** Longer values are shown by their beginning. */
const longestGiven = 200

/** The error handler of the app: answers a Problem or HTTPException as it is, anything else as 500 after `log`. */
export function answerError(error: Error, c: Context, log: (line: string) => void): Response {
  if (error instanceof Problem) return answerProblem(c, error)
  if (error instanceof HTTPException) {
    return answer(c, error.status as ContentfulStatusCode, { code: 'invalid', message: error.message })
  }
  log(`server: ${c.req.method} ${loggedPath(c)} failed: ${error.stack ?? error.message}`)
  return answer(c, 500, { code: 'internal', message: 'internal error' })
}

export function answerProblem(c: Context, { code, message, details }: Problem): Response {
  const { given, refused, ...rest } = details
  const wait = details.retryAfterSeconds ?? (code === 'unavailable' ? 1 : undefined)
  if (wait !== undefined) c.header('Retry-After', String(wait))
  return answer(c, statusOf[code], {
    code,
    message,
    ...rest,
    ...(given === undefined ? {} : { given: shortened(given) }),
    ...(refused && { refused: refused.map((one) => ({ ...one, given: shortened(one.given) })) }),
  })
}

/** 404, for a path that does not exist. */
export const answerNothing = (c: Context): Response =>
  answer(c, 404, { code: 'not-found', message: 'there is nothing here', field: 'path', given: c.req.path })

/** 405, for a path that exists but not with this method. */
export function answerWrongMethod(c: Context, allowed: readonly string[]): Response {
  c.header('Allow', allowed.join(', '))
  return answer(c, 405, {
    code: 'invalid',
    message: `${c.req.method} does not work here`,
    field: 'method',
    given: c.req.method,
    expected: allowed.join(' or '),
  })
}

const answer = (c: Context, status: ContentfulStatusCode, error: WireError['error']): Response =>
  c.json({ error } satisfies WireError, status)

function shortened(given: unknown): unknown {
  if (given === undefined) return undefined
  if (typeof given === 'number') return Number.isFinite(given) ? given : String(given)
  const text = typeof given === 'string' ? given : (JSON.stringify(given) ?? String(given))
  if (text.length > longestGiven) return `${text.slice(0, longestGiven)}…`
  return given
}
