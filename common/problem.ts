// The one error type that people see: a code that maps to an HTTP status, a message in plain words, and,
// for bad input, the field, what was given and what was expected. Anything else that is thrown is a bug.

export type ProblemCode =
  | 'invalid' // 400: the request or setting is wrong
  | 'unauthorized' // 401: pair this device first
  | 'forbidden' // 403
  | 'not-found' // 404
  | 'conflict' // 409: the name is taken
  | 'too-large' // 413
  | 'unsupported' // 415: a type or encoding that is not understood
  | 'too-many' // 429
  | 'unavailable' // 503: try again later (database busy, disk full)

/** Why one line, or one element of a list, of a batch was refused; `line` counts from 1. */
export interface RefusedLine {
  line: number
  /** `too-many`: it may work later, or with a higher limit. */
  code: Extract<ProblemCode, 'invalid' | 'too-many'>
  message: string
  field?: string | undefined
  given?: unknown
  expected?: string | undefined
}

export interface ProblemDetails {
  field?: string
  given?: unknown
  expected?: string
  /** Of a batch: what was wrong with each line, the first hundred of `refusedCount`. */
  refused?: readonly RefusedLine[]
  refusedCount?: number
  /** For `too-many`: after so many seconds it works again. */
  retryAfterSeconds?: number
}

export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: ProblemCode
  readonly details: ProblemDetails

  constructor(code: ProblemCode, message: string, details: ProblemDetails = {}) {
    super(message)
    this.code = code
    this.details = details
  }
}
