import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { describe, expect, test } from 'vitest'
import { Problem, type ProblemCode } from '../../../common/problem.ts'
import { ErrorSchema } from '../../../common/wire.ts'
import { answerError } from '../../../server/answers/problem-answer.ts'

async function answerTo(error: Error) {
  const logged: string[] = []
  const app = new Hono().onError((thrown, c) => answerError(thrown, c, (line) => logged.push(line)))
  app.get('/', () => {
    throw error
  })
  const response = await app.request('/?projectid=secret')
  return { response, logged, ...ErrorSchema.parse(await response.clone().json()) }
}

describe('answerError()', () => {
  test.each<[ProblemCode, number]>([
    ['invalid', 400],
    ['unauthorized', 401],
    ['forbidden', 403],
    ['not-found', 404],
    ['conflict', 409],
    ['too-large', 413],
    ['too-many', 429],
    ['unavailable', 503],
  ])('answerError() answers %s with %i, field and expectation', async (code, status) => {
    const { response, error, logged } = await answerTo(
      new Problem(code, 'a sentence', { field: 'value', given: 'x', expected: 'a number' }),
    )
    expect(response.status).toBe(status)
    expect(error).toEqual({ code, message: 'a sentence', field: 'value', given: 'x', expected: 'a number' })
    expect(response.headers.get('Retry-After')).toBe(code === 'unavailable' ? '1' : null)
    expect(logged).toEqual([])
  })

  test.each([
    ['x'.repeat(10_000), `${'x'.repeat(200)}…`],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
    [null, null],
    [
      [1, 2],
      [1, 2],
    ],
    [{ deep: 'x'.repeat(300) }, expect.stringMatching(/^\{"deep":"x+…$/)],
  ])('answerError() shows what was given, cut where it is long', async (given, shown) => {
    expect((await answerTo(new Problem('invalid', 'a sentence', { given }))).error.given).toEqual(shown)
  })

  test('answerError() answers what the framework refuses in the same form', async () => {
    const { response, error } = await answerTo(new HTTPException(415, { message: 'Unsupported Media Type' }))
    expect(response.status).toBe(415)
    expect(error).toEqual({ code: 'invalid', message: 'Unsupported Media Type' })
  })

  test('answerError() logs anything else whole, without the address behind the question mark', async () => {
    const { response, error, logged } = await answerTo(new TypeError('undefined is not a function'))
    expect(response.status).toBe(500)
    expect(error).toEqual({ code: 'internal', message: 'internal error' })
    expect(logged).toHaveLength(1)
    expect(logged[0]).toMatch(/^server: GET \/ failed: TypeError: undefined is not a function\n\s+at /)
    expect(logged[0]).not.toContain('secret')
  })
})
