// Tokens for scripts: an owner makes one, sees it once, and ends it. Whoever shows it reads what a viewer reads.

import { createRoute, z } from '@hono/zod-openapi'
import { DoneSchema, NewTokenSchema, TokensSchema } from '../../common/access-wire.ts'
import { ownersOnly } from '../access/reader.ts'
import { nameField } from '../points/point-fields.ts'
import type { ServerApp, Services } from '../services.ts'
import { failure, json, ownerFailures } from './answers.ts'
import { idParameter, namedProject, notFound, projectParameter } from './parameters.ts'

const path = '/api/v1/tokens'

const listRoute = createRoute({
  method: 'get',
  path,
  operationId: 'tokens',
  tags: ['access'],
  summary: 'All tokens for scripts, without their secrets',
  responses: { 200: json('The tokens', TokensSchema), ...ownerFailures },
})

const makeRoute = createRoute({
  method: 'post',
  path,
  operationId: 'newToken',
  tags: ['access'],
  summary: 'A token with which a script reads, shown this once',
  request: {
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.object({
            name: nameField({ example: 'nightly export' }),
            project: projectParameter.describe('The only project that it will read; all if left out'),
          }),
        },
      },
    },
  },
  responses: {
    200: json('The token', NewTokenSchema),
    ...ownerFailures,
    404: failure('There is no such project'),
  },
})

const revokeRoute = createRoute({
  method: 'delete',
  path: `${path}/{id}`,
  operationId: 'revokeToken',
  tags: ['access'],
  summary: 'End a token',
  request: { params: z.object({ id: idParameter }) },
  responses: {
    200: json('It has ended', DoneSchema),
    ...ownerFailures,
    404: failure('There is no such token'),
  },
})

export function tokensRoutes(app: ServerApp, services: Services): void {
  const { appStore, clock } = services
  app.use(path, ownersOnly(services))
  app.use(`${path}/*`, ownersOnly(services))
  app.openapi(listRoute, (c) => c.json({ tokens: appStore.tokens() }, 200))
  app.openapi(makeRoute, (c) => {
    const { name, project: named } = c.req.valid('json')
    const project = named === undefined ? null : namedProject(c, services, named).key
    return c.json({ token: appStore.newToken({ name, project }, clock.now()) }, 200)
  })
  app.openapi(revokeRoute, (c) => {
    const { id } = c.req.valid('param')
    if (!appStore.revokeToken(id)) throw notFound('token', String(id), [])
    return c.json({ ok: true as const }, 200)
  })
}
