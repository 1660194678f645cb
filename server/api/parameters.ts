// The parameters that several reading routes share, and the project they name.

import { z } from '@hono/zod-openapi'
import { nearest } from '../../common/nearest.ts'
import { Problem } from '../../common/problem.ts'
import type { ProjectRecord } from '../../store/app-types.ts'
import { timeField } from '../points/point-fields.ts'
import type { Services } from '../services.ts'

export const projectParameter = z
  .string({ error: 'the key or name of a project' })
  .optional()
  .describe('Key or name of a project; this machine if left out')

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

/** The project that the parameter names. Throws a Problem `not-found` with the nearest right spelling. */
export function namedProject({ appStore }: Services, keyOrName: string | undefined): ProjectRecord {
  if (keyOrName === undefined) return machineProject(appStore.projects())
  const found = appStore.projectByKey(keyOrName)
  if (found) return found
  const known = appStore.projects().flatMap(({ key, name }) => [key, name])
  throw notFound('project', keyOrName, known)
}

function machineProject(projects: readonly ProjectRecord[]): ProjectRecord {
  const machine = projects.find(({ kind }) => kind === 'machine')
  if (machine) return machine
  throw new Problem('not-found', 'this machine has no project yet: its generator has not run', {
    field: 'project',
  })
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
