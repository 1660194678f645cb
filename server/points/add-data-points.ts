// Many points in one request: all of them are stored, or none, with what is wrong told line by line. Sending the same
// again changes nothing, so that a sender who got no answer may simply repeat.

import type { RouteConfig } from '@hono/zod-openapi'
import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { Problem } from '../../common/problem.ts'
import { AddedManySchema, ErrorSchema } from '../../common/wire.ts'
import { shownKey } from '../formats/credentials.ts'
import type { Parts, ServerApp } from '../services.ts'
import { Batch } from './batch.ts'
import { bodyBytes, utf8 } from './body.ts'
import { inSlices } from './in-slices.ts'
import { nameField, PointFieldsSchema } from './point-fields.ts'
import { acceptedTypes, type ListItem, listKind, listReaders } from './record-lists.ts'
import { collect, type Fields, merged } from './request-fields.ts'

const path = '/add_data_points'
/** Records read before others have their turn: a few milliseconds. */
const recordsAtOnce = 1000

/** `POST /add_data_points`: 200 `{ ok, points }`, 400 with the lines at fault, 401, 404, 413, 415, 429, 503. */
export function addDataPointsRoute(app: ServerApp, parts: Parts): void {
  app.openAPIRegistry.registerPath(described)
  app.post(path, async (c) => {
    const shared = collect(new URL(c.req.url).searchParams)
    const { projectid = shownKey(c), ...rest } = shared
    const batch = new Batch(c, parts, typeof projectid === 'string' ? projectid : undefined)
    const items = await itemsOf(c)
    await inSlices(() => takeSome(batch, items, rest))
    return c.json({ ok: true, points: await batch.store() } as const)
  })
}

async function itemsOf(c: Context): Promise<Iterator<ListItem>> {
  const text = utf8(await bodyBytes(c))
  const contentType = c.req.header('Content-Type') ?? ''
  const kind = listKind(contentType, text)
  if (kind === undefined) {
    throw new Problem('unsupported', 'the body has a type that is not understood', {
      ...{ field: 'Content-Type', given: contentType, expected: acceptedTypes },
    })
  }
  return listReaders[kind](text)
}

/** Takes some records; false when there are no more. */
function takeSome(batch: Batch, items: Iterator<ListItem>, shared: Fields): boolean {
  for (let i = 0; i < recordsAtOnce; i++) {
    const { value, done } = items.next()
    if (done) return false
    take(batch, value, shared)
  }
  return true
}

function take(batch: Batch, { line, fields }: ListItem, shared: Fields): void {
  if (fields instanceof Problem) {
    batch.refuse(line, fields)
    return
  }
  try {
    batch.add(merged(shared, fields), line)
  } catch (error) {
    // A field that is given twice; a project that takes nothing ends it all.
    if (!(error instanceof Problem && error.code === 'invalid')) throw error
    batch.refuse(line, error)
  }
}

const errorBody = { 'application/json': { schema: ErrorSchema } }
const failure = (description: string) => ({ description, content: errorBody })

const described = {
  path,
  method: 'post',
  operationId: 'addDataPoints',
  tags: ['points'],
  summary: 'Add many points: all, or none',
  description:
    'A JSON array, a JSON object a line (NDJSON), or CSV with a header, up to 25 MiB, also packed (gzip, deflate, br, zstd). Fields of the address hold for all points; the project may also be shown as `Authorization: Bearer ID`, or each point may name its own.',
  request: {
    query: z.object({
      projectid: nameField({ example: 'testuuid' }).optional(),
      category: nameField({ example: 'foo' }).optional(),
    }),
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.array(PointFieldsSchema.partial({ projectid: true, category: true })),
        },
        'application/x-ndjson': { schema: z.string() },
        'text/csv': { schema: z.string().meta({ example: 'category,label,time,value\nfoo,bar,,42' }) },
      },
    },
  },
  responses: {
    200: { description: 'All are stored', content: { 'application/json': { schema: AddedManySchema } } },
    400: failure('Nothing is stored; `refused` says what is wrong with which line or element'),
    403: failure('The project is archived'),
    404: failure('There is no project with this id'),
    413: failure('The body is over 25 MiB'),
    415: failure('The body has a type or an encoding that is not understood'),
    429: failure('More than the project may add; Retry-After says when'),
    503: failure('Not stored, or only the first of very many: send them again'),
  },
} satisfies RouteConfig
