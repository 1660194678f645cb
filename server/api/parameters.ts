// The parameters that several reading routes share, and the project they name.

import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { nearest } from '../../common/nearest.ts'
import { Problem } from '../../common/problem.ts'
import type { ProjectRecord } from '../../store/app-types.ts'
import { readerOf, visibleProjects } from '../access/reader.ts'
import { timeField } from '../points/point-fields.ts'
import type { Services } from '../services.ts'

export const projectParameter = z
  .string({ error: 'the key or name of a project' })
  .optional()
  .describe('Key or name of a project; this machine if left out')

/** The short number of a device or a token, in a path. */
export const idParameter = z
  .string()
  .regex(/^\d{1,9}$/, { error: 'a whole number' })
  .transform(Number)
  .meta({ type: 'integer', param: { name: 'id', in: 'path' } })

export const timeParameter = (description: string) => timeField(description).optional()

/** A whole number from `least` to `most`. */
export function countParameter({ least, most, byDefault, description }: CountOptions) {
  const error = `a whole number from ${least} to ${most}`
  return z
    .string({ error })
    .regex(/^\d{1,9}$/, { error })
    .transform(Number)
    .refine((count) => count >= least && count <= most, { error })
    .default(byDefault)
    .meta({ type: 'integer', minimum: least, maximum: most, default: byDefault, description })
}

interface CountOptions {
  least: number
  most: number
  byDefault: number
  description: string
}

/** Text that may be given several times. */
export const repeatableParameter = (description: string) =>
  z
    .union([z.string(), z.array(z.string())])
    .transform((given) => [...new Set([given].flat())])
    .optional()
    .meta({ type: 'array', items: { type: 'string' }, description })

/**
 * The project that the parameter names. Throws a Problem `not-found` with the nearest right spelling, also for a project
 * that the reader may not see; one who sees a single project means that where none is named.
 */
export function namedProject(c: Context, services: Services, keyOrName: string | undefined): ProjectRecord {
  const projects = visibleProjects(c, services)
  if (keyOrName === undefined) return machineProject(projects) ?? onlyProject(c, services, projects)
  const found =
    projects.find(({ key }) => key === keyOrName) ?? projects.find(({ name }) => name === keyOrName)
  if (found) return found
  throw notFound(
    'project',
    keyOrName,
    projects.flatMap(({ key, name }) => [key, name]),
  )
}

const machineProject = (projects: readonly ProjectRecord[]): ProjectRecord | undefined =>
  projects.find(({ kind }) => kind === 'machine')

function onlyProject(c: Context, services: Services, [project]: readonly ProjectRecord[]): ProjectRecord {
  const isLimited = readerOf(c, services)?.project !== null
  if (isLimited && project) return project
  const message = isLimited
    ? 'the project that you may see is gone'
    : 'this machine has no project yet: its generator has not run'
  throw new Problem('not-found', message, { field: 'project' })
}
/** A Problem for something that is not there, with the nearest of what is. */
export function notFound(field: string, given: string, known: readonly string[]): Problem {
  const meant = nearest(given, known)
  return new Problem('not-found', `there is no ${field} ${given}`, {
    field,
    given,
    ...(meant === undefined ? {} : { expected: `perhaps ${meant}` }),
  })
}
