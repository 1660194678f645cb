// The history: any window of any categories as buckets, never more of them than the asker can draw.

import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { binaryType, type ColumnResult, encodeBuckets } from '../../common/buckets-binary.ts'
import { Problem } from '../../common/problem.ts'
import { QueryResultSchema } from '../../common/wire.ts'
import type { ServerApp, Services } from '../services.ts'
import { readingFailures } from './answers.ts'
import {
  countParameter,
  namedProject,
  notFound,
  projectParameter,
  repeatableParameter,
  timeParameter,
} from './parameters.ts'
import { queryJson } from './query-json.ts'
import {
  projectsBeside,
  type ShownCategory,
  seesBeside,
  shownTogether,
  withParameter,
} from './shown-together.ts'

const hourMs = 3_600_000
const mostYears = 200
const yearMs = 365 * 24 * hourMs

const route = createRoute({
  method: 'get',
  path: '/api/v1/query',
  operationId: 'query',
  tags: ['reading'],
  summary: 'Count, min, mean and max per bucket of time; gaps stay gaps',
  description:
    'The window is [from, to). Bucket lengths come from one ladder (1, 2, 5, 10 … s, min, h, d), aligned to 1970, and are never shorter than the interval of the category.',
  request: {
    query: z.object({
      project: projectParameter,
      with: withParameter,
      category: repeatableParameter('Categories; all that have a graph if left out'),
      from: timeParameter('Start of the window; an hour before its end if left out'),
      to: timeParameter('End of the window; now if left out'),
      buckets: countParameter({
        least: 1,
        most: 2000,
        byDefault: 400,
        description: 'At most this many buckets',
      }),
      format: z
        .enum(['json', 'binary'], { error: 'json or binary' })
        .optional()
        .describe('As what the Accept header asks for if left out, and JSON where it asks for nothing'),
    }),
  },
  responses: {
    200: {
      description:
        'The buckets, a set per category; binary: a fifth of the size and every digit of the means, see docs/api.md',
      content: {
        'application/json': { schema: QueryResultSchema },
        [binaryType]: { schema: z.string().meta({ format: 'binary' }) },
      },
    },
    ...readingFailures,
  },
})

export function queryRoute(app: ServerApp, services: Services): void {
  const { store, clock } = services
  app.openapi(route, (c) => {
    const given = c.req.valid('query')
    const asked = namedProject(c, services, given.project)
    const { key: project } = asked
    const { to = clock.now(), from = to - hourMs, buckets } = given
    checkWindow(from, to)
    const beside = projectsBeside(services, project, seesBeside(c, services, given.with))
    const shown = shownTogether(services, asked, beside)
    const categories = wantedCategories(shown, given.category).map(
      ({ name, project: { key }, category }) => ({
        name,
        ...store.query({ project: key, category: category.name, from, to, buckets }),
      }),
    )
    return answer(c, { project, from, to, categories }, given.format)
  })
}

function answer(c: Context, result: ColumnResult, format: string | undefined): Response {
  c.header('Vary', 'Accept')
  const isBinary = format ? format === 'binary' : prefersBinary(c.req.header('Accept'))
  return isBinary
    ? c.body(encodeBuckets(result), 200, { 'Content-Type': binaryType })
    : c.body(queryJson(result), 200, { 'Content-Type': 'application/json' })
}

/** Whoever names it first: that is more than what browsers and curl say by themselves. */
const prefersBinary = (accept = ''): boolean => accept.trimStart().startsWith(binaryType)

/** Throws a Problem `invalid` for a window that is empty or absurdly long. */
export function checkWindow(from: number, to: number): void {
  if (from >= to) {
    throw new Problem('invalid', 'the window is empty', { field: 'from', given: from, expected: 'before to' })
  }
  if (to - from > mostYears * yearMs) {
    const expected = `at most ${mostYears} years`
    throw new Problem('invalid', 'the window is too long', { field: 'to', given: to, expected })
  }
}

function wantedCategories(
  shown: readonly ShownCategory[],
  wanted: readonly string[] | undefined,
): readonly ShownCategory[] {
  if (!wanted) return shown.filter(({ category }) => category.graph)
  const named = new Map(shown.map((one) => [one.name, one]))
  return wanted.map((name) => {
    const found = named.get(name)
    if (!found) throw notFound('category', name, [...named.keys()])
    return found
  })
}
