// Single values: the newest, or those of a moment, as the rows beside the graphs show them.

import { createRoute, z } from '@hono/zod-openapi'
import { ValuesSchema } from '../../common/wire.ts'
import type { ServerApp, Services } from '../services.ts'
import { json, readingFailures } from './answers.ts'
import { namedProject, projectParameter, timeParameter } from './parameters.ts'
import { projectsBeside, seesBeside, withParameter } from './shown-together.ts'

const latestRoute = createRoute({
  method: 'get',
  path: '/api/v1/latest',
  operationId: 'latest',
  tags: ['reading'],
  summary: 'The newest value of every series',
  request: { query: z.object({ project: projectParameter, with: withParameter }) },
  responses: { 200: json('The values', ValuesSchema), ...readingFailures },
})

const atRoute = createRoute({
  method: 'get',
  path: '/api/v1/at',
  operationId: 'at',
  tags: ['reading'],
  summary: 'The value of every series at a moment',
  description: 'A series that had no point for three of its intervals (at least 60 s) has no value then.',
  request: {
    query: z.object({
      project: projectParameter,
      time: timeParameter('The moment; now if left out'),
    }),
  },
  responses: { 200: json('The values', ValuesSchema), ...readingFailures },
})

export function valuesRoutes(app: ServerApp, services: Services): void {
  const { store, clock } = services
  app.openapi(latestRoute, (c) => {
    const given = c.req.valid('query')
    const { key: project } = namedProject(c, services, given.project)
    const beside = projectsBeside(services, project, seesBeside(c, services, given.with))
    const values = [project, ...beside.map(({ key }) => key)].flatMap((key) => store.latest(key))
    return c.json({ project, time: clock.now(), values }, 200)
  })
  app.openapi(atRoute, (c) => {
    const { project: named, time = clock.now() } = c.req.valid('query')
    const { key: project } = namedProject(c, services, named)
    return c.json({ project, time, values: store.at(project, time) }, 200)
  })
}
