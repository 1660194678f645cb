// Makes a project for somebody's own numbers and gives out its id, once: it is the key to adding points.

import { createRoute, z } from '@hono/zod-openapi'
import { ErrorSchema } from '../../common/wire.ts'
import { isThisMachine } from '../access/caller.ts'
import { needOwner, ownPagesOnly } from '../access/reader.ts'
import { noHead } from '../answers/no-head.ts'
import type { ServerApp, Services } from '../services.ts'
import { nameField } from './point-fields.ts'

const errorBody = { 'application/json': { schema: ErrorSchema } }

const route = createRoute({
  method: 'get',
  path: '/register',
  operationId: 'register',
  tags: ['points'],
  summary: 'Make a project for numbers of your own',
  description:
    'From the machine itself or a device of an owner. The answer is the id that allows adding points.',
  middleware: [noHead('GET'), ownPagesOnly] as const,
  request: { query: z.object({ name: nameField({ example: 'greenhouse' }) }) },
  responses: {
    200: { description: 'The id', content: { 'text/plain': { schema: z.string() } } },
    400: { description: 'The name is missing or not valid', content: errorBody },
    401: { description: 'This device is not paired', content: errorBody },
    403: { description: 'A viewer or a page of another site asked', content: errorBody },
    409: { description: 'There is a project of this name', content: errorBody },
  },
})

/** `GET /register?name=…`: the new project's id as text/plain. */
export function registerRoute(app: ServerApp, services: Services): void {
  app.openapi(route, (c) => {
    if (!isThisMachine(c, services)) needOwner(c, services)
    const { name } = c.req.valid('query')
    return c.text(services.appStore.createProject({ name, kind: 'custom' }).id, 200)
  })
}
