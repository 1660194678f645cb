// One HTTP call adds a point, or a list of them, from anything that can make one. It is answered when all are committed,
// and they survive whatever happens afterwards.

import type { RouteConfig } from '@hono/zod-openapi'
import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { AddedManySchema, AddedSchema, ErrorSchema } from '../../common/wire.ts'
import { noHead } from '../answers/no-head.ts'
import type { Parts, ServerApp } from '../services.ts'
import { Batch, onlyRefusal } from './batch.ts'
import { PointFieldsSchema } from './point-fields.ts'
import { type Fields, requestFields } from './request-fields.ts'

const path = '/add_data_point'

/** `GET` and `POST /add_data_point`: 200 `{ ok, time }`, 400 and 413 with field, given and expected, 404, 429, 503. */
export function addDataPointRoute(app: ServerApp, parts: Parts): void {
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
    const fields = await requestFields(c)
    return Array.isArray(fields) ? addMany(c, parts, fields) : addOne(c, parts, fields)
  })
}

async function addOne(c: Context, parts: Parts, fields: Fields): Promise<Response> {
  const batch = new Batch(c, parts)
  const time = batch.add(fields, 1)
  const [refusal] = batch.refusals().first
  if (time === undefined || refusal) {
    throw onlyRefusal({ line: 1, code: 'invalid', message: '', ...refusal, given: givenIn(fields, refusal) })
  }
  await batch.store()
  return c.json({ ok: true, time } as const)
}

/** A time is told as the client wrote it. */
const givenIn = (
  fields: Fields,
  refusal: { field?: string | undefined; given?: unknown } | undefined,
): unknown => (refusal?.field === 'time' && fields.time !== undefined ? fields.time : refusal?.given)

async function addMany(c: Context, parts: Parts, list: readonly Fields[]): Promise<Response> {
  const batch = new Batch(c, parts)
  for (const [index, fields] of list.entries()) batch.add(fields, index + 1)
  return c.json({ ok: true, points: await batch.store() } as const)
}

const bodyContent = {
  'application/json': { schema: z.union([PointFieldsSchema, z.array(PointFieldsSchema)]) },
  'application/x-www-form-urlencoded': { schema: PointFieldsSchema },
}

const errorBody = { 'application/json': { schema: ErrorSchema } }

const described = {
  path,
  tags: ['points'],
  summary: 'Add one point, or a list of points',
  description:
    'Knowing the id of a project is what allows adding. A point at a time that its series has already replaces it. Of a list all points are stored, or none.',
  responses: {
    200: {
      description: 'Stored: of one point its time, of a list how many',
      content: { 'application/json': { schema: z.union([AddedSchema, AddedManySchema]) } },
    },
    400: { description: 'A field is missing or not valid', content: errorBody },
    403: { description: 'The project is archived', content: errorBody },
    404: { description: 'There is no project with this id', content: errorBody },
    413: { description: 'The body is over 64 KiB', content: errorBody },
    429: { description: 'More than the project may add; Retry-After says when', content: errorBody },
    503: { description: 'Not stored: database busy or disk full', content: errorBody },
  },
} satisfies Partial<RouteConfig>
