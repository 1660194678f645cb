// The screen of this machine shows people's own numbers below its own, so a question may ask for both at once
// (`with=custom`). Here is what belongs together, under names that are told apart.

import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { ProjectRecord } from '../../store/app-types.ts'
import type { CategoryCatalogue } from '../../store/types.ts'
import { readerOf } from '../access/reader.ts'
import type { Services } from '../services.ts'

/** A category under the name that is its own among all that are shown together. */
export interface ShownCategory {
  name: string
  project: ProjectRecord
  category: CategoryCatalogue
}

type Stores = Pick<Services, 'store' | 'appStore'>

/** So many categories of other projects are shown at most: a screen is no archive. */
const mostBeside = 100

export const withParameter = z
  .enum(['custom'], { error: 'custom' })
  .optional()
  .describe(
    'custom: the categories of all projects of the kind custom as well, where the project is this machine. A name that is taken already is followed by its project’s name in brackets',
  )

/** Whether a request that asks for it may see the other projects: not who was let in to see a single one. */
export const seesBeside = (c: Context, services: Services, given: 'custom' | undefined): boolean =>
  given === 'custom' && readerOf(c, services)?.project === null

/** Projects that are shown below `project` where that is asked for; none below a project that is no machine. */
export function projectsBeside({ appStore }: Stores, project: string, isAsked: boolean): ProjectRecord[] {
  if (!isAsked) return []
  const projects = appStore.projects()
  const isMachine = projects.some(({ key, kind }) => key === project && kind === 'machine')
  return isMachine ? projects.filter(({ kind, archived }) => kind === 'custom' && !archived) : []
}

/** The project's own categories, then those of the projects beside it, in the order in which they were made. */
export function shownTogether(
  stores: Stores,
  project: ProjectRecord,
  beside: readonly ProjectRecord[],
): ShownCategory[] {
  const shown = new Map<string, ShownCategory>()
  for (const category of stores.store.catalogue(project.key)) {
    shown.set(category.name, { name: category.name, project, category })
  }
  const most = shown.size + mostBeside
  for (const other of beside) {
    for (const category of stores.store.catalogue(other.key)) {
      let { name } = category
      while (shown.has(name)) name = `${name} (${other.name})`
      if (shown.size < most) shown.set(name, { name, project: other, category })
    }
  }
  return [...shown.values()]
}
