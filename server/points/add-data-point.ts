// One HTTP call adds one point, from anything that can make one. It is answered when the point is committed, and it
// survives whatever happens afterwards.

import type { RouteConfig } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { type RetentionPlan, retentionOf } from '../../common/retention-cost.ts'
import { AddedSchema, ErrorSchema } from '../../common/wire.ts'
import { invalid } from '../answers/invalid.ts'
import { noHead } from '../answers/no-head.ts'
import type { ServerApp, Services } from '../services.ts'
import { declareCustom } from './custom-declaration.ts'
import { projectForAdding } from './custom-project.ts'
import { checkLimits, checkTime, type PointFields, PointFieldsSchema } from './point-fields.ts'
import { type Fields, requestFields } from './request-fields.ts'

const path = '/add_data_point'
const known = Object.keys(PointFieldsSchema.shape)

/** `GET` and `POST /add_data_point`: 200 `{ ok, time }`, 400 and 413 with field, given and expected, 404, 503. */
export function addDataPointRoute(app: ServerApp, services: Services): void {
  app.openAPIRegistry.registerPath({
    ...described,
    method: 'get',
    operationId: 'addDataPoint',
    request: { query: PointFieldsSchema },
  })
  app.openAPIRegistry.registerPath({
    ...described,
    method: 'post',
    operationId: 'postDataPoint',
    request: { body: { content: bodyContent, required: true } },
  })
  app.on(['GET', 'POST'], path, noHead('GET', 'POST'), async (c) => {
    const now = services.clock.now()
    const point = parsePoint(await requestFields(c), { now, plan: services.retention.plan() })
    addPoint(c, services, point)
    return c.json({ ok: true, time: point.time } as const)
  })
}

type TimedPoint = PointFields & { time: number }

function parsePoint(fields: Fields, { now, plan }: { now: number; plan: RetentionPlan }): TimedPoint {
  const result = PointFieldsSchema.safeParse(fields)
  if (!result.success) throw invalid(result.error.issues, fields, known)
  const { time = now, ...point } = result.data
  const { maxAgeSeconds } = retentionOf(point.category, plan)
  checkTime(time, { given: fields.time, now, maxAgeSeconds })
  checkLimits(point)
  return { ...point, time }
}

function addPoint(c: Context, services: Services, point: TimedPoint): void {
  const { projectid, category, label, time, value } = point
  const { key: project } = projectForAdding(c, services, projectid)
  declareCustom(services.store, project, point)
  services.store.append([{ project, category, label, time, value }])
}

const bodyContent = {
  'application/json': { schema: PointFieldsSchema },
  'application/x-www-form-urlencoded': { schema: PointFieldsSchema },
}

const errorBody = { 'application/json': { schema: ErrorSchema } }

const described = {
  path,
  tags: ['points'],
  summary: 'Add one point',
  description:
    'Knowing the id of a project is what allows adding. A point at a time that its series has already replaces it.',
  responses: {
    200: { description: 'The point is stored', content: { 'application/json': { schema: AddedSchema } } },
    400: { description: 'A field is missing or not valid', content: errorBody },
    404: { description: 'There is no project with this id', content: errorBody },
    413: { description: 'The body is over 64 KiB', content: errorBody },
    503: { description: 'Not stored: database busy or disk full', content: errorBody },
  },
} satisfies Partial<RouteConfig>
