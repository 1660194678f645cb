// What the OpenAPI document says of the routes that speak InfluxDB's language.

import { z } from '@hono/zod-openapi'
import type { ServerApp } from '../services.ts'

const text = (description: string) => z.string().describe(description)
const body = {
  content: {
    'text/plain': { schema: text('Lines of the line protocol; gzip, deflate, br or zstd as well') },
  },
  required: true,
} as const
const precision = text('Unit of the times: ns (default), us, ms, s; version 1 also n, u, m, h').optional()

const responses = (error: z.ZodType) => {
  const failure = (description: string) => ({
    description,
    content: { 'application/json': { schema: error } },
  })
  return {
    204: { description: 'All points are stored' },
    400: failure('A line is none (nothing is stored), or points were left out (partial write)'),
    401: failure('The token is not the id of a project'),
    413: failure('The body is over 25 MiB'),
    429: failure('More than the project may add; Retry-After says when'),
    503: failure('Not stored: database busy or disk full'),
  }
}

const firstError = z.object({ error: z.string() }).meta({ id: 'InfluxError' })
const secondError = z
  .object({ code: z.string(), message: z.string(), line: z.number().int().optional() })
  .meta({ id: 'Influx2Error' })

export function describeInflux(app: ServerApp): void {
  const tags = ['formats']
  app.openAPIRegistry.registerPath({
    ...{ path: '/write', method: 'post', operationId: 'influxWrite', tags },
    summary: "InfluxDB's line protocol, as version 1 takes it",
    description:
      'The password (or a token) is the id of a project; on this machine `db` alone will do as one.',
    request: {
      query: z.object({ db: text('Free').optional(), p: text("The project's id").optional(), precision }),
      body,
    },
    responses: responses(firstError),
  })
  app.openAPIRegistry.registerPath({
    ...{ path: '/api/v2/write', method: 'post', operationId: 'influx2Write', tags },
    summary: "InfluxDB's line protocol, as version 2 takes it",
    description: '`Authorization: Token ID`, where ID is the id of a project.',
    request: {
      query: z.object({ org: text('Free').optional(), bucket: text('Free').optional(), precision }),
      body,
    },
    responses: responses(secondError),
  })
}
