// Turns what zod found wrong into the one error type. The schemas of requests hold the expectation as their message,
// so that this file adds no words about any field.

import { nearest } from '../../common/nearest.ts'
import { Problem } from '../../common/problem.ts'

export interface Issue {
  code?: string | undefined
  message: string
  path: readonly PropertyKey[]
  keys?: readonly string[]
}

/** Names the first issue's field, what `data` held there, and what is expected; `known` are the fields that exist. */
export function invalid(issues: readonly Issue[], data: unknown, known: readonly string[] = []): Problem {
  const [issue] = issues
  if (!issue) return new Problem('invalid', 'the request is not valid')
  const unknown = issue.keys?.[0]
  if (unknown !== undefined) return unknownField(unknown, valueAt(data, [unknown]), known)
  const field = issue.path.map(String).join('.') || 'body'
  const given = valueAt(data, issue.path)
  const message = given === undefined ? `${field} is missing` : `${field} is not valid`
  return new Problem('invalid', message, { field, given, expected: issue.message })
}

function unknownField(field: string, given: unknown, known: readonly string[]): Problem {
  const meant = nearest(field, known)
  return new Problem('invalid', `there is no field ${field}${meant ? `; did you mean ${meant}?` : ''}`, {
    field,
    given,
    expected: known.join(', '),
  })
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  let value = data
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as Record<PropertyKey, unknown>)[key]
  }
  return value
}
