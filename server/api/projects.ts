// What there is: projects, and what the categories and series of one say of themselves.

import { createRoute, z } from '@hono/zod-openapi'
import { CatalogueSchema, type Project, ProjectsSchema } from '../../common/wire.ts'
import type { ProjectRecord } from '../../store/app-types.ts'
import type { CategoryCatalogue } from '../../store/types.ts'
import { visibleProjects } from '../access/reader.ts'
import type { Parts, ServerApp } from '../services.ts'
import { json, readingFailures } from './answers.ts'
import { namedProject, projectParameter } from './parameters.ts'

const projectsRoute = createRoute({
  method: 'get',
  path: '/api/v1/projects',
  operationId: 'projects',
  tags: ['reading'],
  summary: 'All projects, this machine first',
  responses: { 200: json('The projects', ProjectsSchema), 401: readingFailures[401] },
})

const catalogueRoute = createRoute({
  method: 'get',
  path: '/api/v1/catalogue',
  operationId: 'catalogue',
  tags: ['reading'],
  summary: 'Categories and series of a project: names, units, limits, states',
  request: { query: z.object({ project: projectParameter }) },
  responses: { 200: json('The catalogue', CatalogueSchema), ...readingFailures },
})

export function projectsRoutes(app: ServerApp, services: Parts): void {
  const { store, storage, clock } = services
  app.openapi(projectsRoute, (c) => {
    const projects = visibleProjects(c, services).map((record) =>
      described(record, store.catalogue(record.key)),
    )
    return c.json({ projects }, 200)
  })
  app.openapi(catalogueRoute, (c) => {
    const record = namedProject(c, services, c.req.valid('query').project)
    const categories = store.catalogue(record.key)
    const project = described(record, categories)
    return c.json({ project, now: clock.now(), storage: storage.get(), categories }, 200)
  })
}

function described({ key, name, kind }: ProjectRecord, categories: readonly CategoryCatalogue[]): Project {
  const times = categories.flatMap(({ lastTime }) => lastTime ?? [])
  return { key, name, kind, lastTime: times.length > 0 ? Math.max(...times) : null }
}
