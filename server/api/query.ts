// The history: any window of any categories as buckets, never more of them than the asker can draw.

import { createRoute, z } from '@hono/zod-openapi'
import { Problem } from '../../common/problem.ts'
import { type CategoryBuckets, QueryResultSchema } from '../../common/wire.ts'
import type { Query, SeriesBuckets, Store } from '../../store/types.ts'
import type { ServerApp, Services } from '../services.ts'
import { json, readingFailures } from './answers.ts'
import {
  countParameter,
  namedProject,
  notFound,
  projectParameter,
  repeatableParameter,
  timeParameter,
} from './parameters.ts'

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
      category: repeatableParameter('Categories; all that have a graph if left out'),
      from: timeParameter('Start of the window; an hour before its end if left out'),
      to: timeParameter('End of the window; now if left out'),
      buckets: countParameter({
        least: 1,
        most: 2000,
        byDefault: 400,
        description: 'At most this many buckets',
      }),
    }),
  },
  responses: { 200: json('The buckets, a set per category', QueryResultSchema), ...readingFailures },
})

export function queryRoute(app: ServerApp, services: Services): void {
  const { store, clock } = services
  app.openapi(route, (c) => {
    const given = c.req.valid('query')
    const { key: project } = namedProject(services, given.project)
    const { to = clock.now(), from = to - hourMs, buckets } = given
    checkWindow(from, to)
    const categories = wantedCategories(store, project, given.category).map((category) =>
      wireBuckets(store, { project, category, from, to, buckets }),
    )
    return c.json({ project, from, to, categories }, 200)
  })
}

function checkWindow(from: number, to: number): void {
  if (from >= to) {
    throw new Problem('invalid', 'the window is empty', { field: 'from', given: from, expected: 'before to' })
  }
  if (to - from > mostYears * yearMs) {
    const expected = `at most ${mostYears} years`
    throw new Problem('invalid', 'the window is too long', { field: 'to', given: to, expected })
  }
}

function wantedCategories(store: Store, project: string, wanted: readonly string[] | undefined): string[] {
  const known = store.catalogue(project)
  if (!wanted) return known.filter(({ graph }) => graph).map(({ name }) => name)
  const names = new Set(known.map(({ name }) => name))
  const missing = wanted.find((name) => !names.has(name))
  if (missing !== undefined) throw notFound('category', missing, [...names])
  return [...wanted]
}

function wireBuckets(store: Store, query: Query): CategoryBuckets {
  const { from, stepMs, length, series } = store.query(query)
  return { name: query.category, from, stepMs, length, series: series.map(wireSeries) }
}

/** JSON writes NaN, which is a gap here, as null. */
const wireSeries = ({ id, label, count, min, mean, max }: SeriesBuckets) => ({
  id,
  label,
  count: Array.from(count),
  min: Array.from(min),
  mean: Array.from(mean, (value, i) => (count[i] === 1 ? value : rounded(value))),
  max: Array.from(max),
})

/** A sum divided by a count has 17 digits that nobody measured; nine are below any pixel. */
const rounded = (value: number): number => (Number.isInteger(value) ? value : Number(value.toPrecision(9)))
