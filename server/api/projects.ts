// What there is: projects, and what the categories and series of one say of themselves.

import { createRoute, z } from '@hono/zod-openapi'
import { CatalogueSchema, type Category, type Project, ProjectsSchema } from '../../common/wire.ts'
import type { ProjectRecord } from '../../store/app-types.ts'
import type { CategoryCatalogue } from '../../store/types.ts'
import { visibleProjects } from '../access/reader.ts'
import type { Parts, ServerApp } from '../services.ts'
import { json, readingFailures } from './answers.ts'
import { namedProject, projectParameter } from './parameters.ts'
import {
  projectsBeside,
  type ShownCategory,
  seesBeside,
  shownTogether,
  withParameter,
} from './shown-together.ts'

const projectsRoute = createRoute({
  method: 'get',
  path: '/api/v1/projects',
  operationId: 'projects',
  tags: ['reading'],
  summary: 'All projects in use, this machine first',
  request: {
    query: z.object({
      archived: z.enum(['yes'], { error: 'yes' }).optional().describe('yes: those in the archive as well'),
    }),
  },
  responses: {
    200: json('The projects', ProjectsSchema),
    400: readingFailures[400],
    401: readingFailures[401],
  },
})

const catalogueRoute = createRoute({
  method: 'get',
  path: '/api/v1/catalogue',
  operationId: 'catalogue',
  tags: ['reading'],
  summary: 'Categories and series of a project: names, units, limits, states',
  request: { query: z.object({ project: projectParameter, with: withParameter }) },
  responses: { 200: json('The catalogue', CatalogueSchema), ...readingFailures },
})

export function projectsRoutes(app: ServerApp, services: Parts): void {
  const { store, storage, clock, version, databaseId } = services
  app.openapi(projectsRoute, (c) => {
    const all = c.req.valid('query').archived === 'yes'
    const projects = visibleProjects(c, services)
      .filter(({ archived }) => all || !archived)
      .map((record) => described(record, store.catalogue(record.key)))
    return c.json({ projects }, 200)
  })
  app.openapi(catalogueRoute, (c) => {
    const given = c.req.valid('query')
    const record = namedProject(c, services, given.project)
    const beside = projectsBeside(services, record.key, seesBeside(c, services, given.with))
    const categories = shownTogether(services, record, beside).map((shown) => shownAs(shown, record))
    const project = described(record, store.catalogue(record.key))
    return c.json(
      {
        project,
        now: clock.now(),
        version: version(),
        database: databaseId,
        storage: storage.get(),
        categories,
      },
      200,
    )
  })
}

function shownAs(
  { name, project: { key, name: owner }, category }: ShownCategory,
  asked: ProjectRecord,
): Category {
  return { ...category, name, ...(key === asked.key ? {} : { project: { key, name: owner } }) }
}

function described(
  { key, name, kind, archived }: ProjectRecord,
  categories: readonly CategoryCatalogue[],
): Project {
  const times = categories.flatMap(({ lastTime }) => lastTime ?? [])
  return {
    key,
    name,
    kind,
    ...(archived && { archived }),
    lastTime: times.length > 0 ? Math.max(...times) : null,
  }
}
