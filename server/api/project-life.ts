// The life of a project, for owners: made, renamed, limited, put into the archive, given a new id, deleted.

import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { DoneSchema } from '../../common/access-wire.ts'
import { type ProjectDetails, ProjectDetailsSchema, ProjectLimitsSchema } from '../../common/project-wire.ts'
import type { ProjectRecord } from '../../store/app-types.ts'
import { ownersOnly } from '../access/reader.ts'
import { nameField } from '../points/point-fields.ts'
import type { ServerApp, Services } from '../services.ts'
import { failure, json, ownerFailures } from './answers.ts'
import { outsideAddress } from './outside-address.ts'
import { namedProject, projectParameter } from './parameters.ts'

const detailsPath = '/api/v1/project'
const onePath = '/api/v1/projects/{key}'
const params = z.object({ key: z.string().meta({ param: { name: 'key', in: 'path' } }) })
const missing = { ...ownerFailures, 404: failure('There is no such project') } as const
const taken = { ...missing, 409: failure('The name is taken, or it is this machine’s own project') } as const

const detailsRoute = createRoute({
  method: 'get',
  path: detailsPath,
  operationId: 'project',
  tags: ['projects'],
  summary: 'A project with its secret id and its limits',
  request: { query: z.object({ project: projectParameter }) },
  responses: { 200: json('The project', ProjectDetailsSchema), ...missing },
})

const makeRoute = createRoute({
  method: 'post',
  path: '/api/v1/projects',
  operationId: 'newProject',
  tags: ['projects'],
  summary: 'A project for numbers of your own',
  request: { body: body(z.strictObject({ name: nameField({ example: 'greenhouse' }) })) },
  responses: { 200: json('The project with its id', ProjectDetailsSchema), ...taken },
})

const changeRoute = createRoute({
  method: 'patch',
  path: onePath,
  operationId: 'changeProject',
  tags: ['projects'],
  summary: 'Rename a project, limit it, put it into the archive or take it out',
  request: {
    params,
    body: body(
      ProjectLimitsSchema.extend({
        name: nameField({ example: 'greenhouse' }),
        archived: z.boolean(),
      }).partial(),
    ),
  },
  responses: { 200: json('The project as it is now', ProjectDetailsSchema), ...taken },
})

const rotateRoute = createRoute({
  method: 'post',
  path: `${onePath}/id`,
  operationId: 'rotateProjectId',
  tags: ['projects'],
  summary: 'Give a project a new id; the old one is refused from now on',
  request: { params },
  responses: { 200: json('The project with its new id', ProjectDetailsSchema), ...missing },
})

const deleteRoute = createRoute({
  method: 'delete',
  path: onePath,
  operationId: 'deleteProject',
  tags: ['projects'],
  summary: 'Delete a project with all its points',
  request: { params },
  responses: { 200: json('It is gone', DoneSchema), ...taken },
})

export function projectLifeRoutes(app: ServerApp, services: Services): void {
  const { store, appStore } = services
  const owners = ownersOnly(services)
  app.use(detailsPath, owners)
  app.use('/api/v1/projects/*', (c, next) =>
    c.req.method === 'GET' && c.req.path === '/api/v1/projects' ? next() : owners(c, next),
  )
  const details = (c: Context, record: ProjectRecord): ProjectDetails => ({
    ...detailsOf(record, store.series(record.key).count()),
    address: outsideAddress(c, services),
  })
  app.openapi(detailsRoute, (c) =>
    c.json(details(c, namedProject(c, services, c.req.valid('query').project)), 200),
  )
  app.openapi(makeRoute, (c) => {
    const { name } = c.req.valid('json')
    return c.json(details(c, appStore.createProject({ name, kind: 'custom' })), 200)
  })
  app.openapi(changeRoute, (c) => {
    const { key } = namedProject(c, services, c.req.valid('param').key)
    return c.json(details(c, appStore.updateProject(key, given(c.req.valid('json')))), 200)
  })
  app.openapi(rotateRoute, (c) => {
    const { key } = namedProject(c, services, c.req.valid('param').key)
    return c.json(details(c, appStore.rotateProjectId(key)), 200)
  })
  app.openapi(deleteRoute, (c) => {
    const { key } = namedProject(c, services, c.req.valid('param').key)
    appStore.removeProject(key)
    store.removeProject(key)
    return c.json({ ok: true as const }, 200)
  })
}

function body<T extends z.ZodType>(schema: T) {
  return { required: true, content: { 'application/json': { schema } } } as const
}

/** Without what was left out. */
const given = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }

function detailsOf(record: ProjectRecord, series: number): Omit<ProjectDetails, 'address'> {
  const { key, name, kind, id, archived, created, maxSeries, maxPointsPerSecond, maxAgeSeconds } = record
  return {
    ...{ key, name, kind, id, archived, created, series },
    limits: { maxSeries, maxPointsPerSecond, maxAgeSeconds },
  }
}
