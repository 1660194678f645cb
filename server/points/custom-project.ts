// Whose point is it? The id in the request is the key to a project; on this very machine an id may be made up on the
// spot, so that a first point takes one line and no set-up.

import type { Context } from 'hono'
import { Problem } from '../../common/problem.ts'
import type { ProjectRecord } from '../../store/app-types.ts'
import { isThisMachine } from '../access/caller.ts'
import type { Services } from '../services.ts'

/** Throws a Problem unless a request of this machine may make a project of this id, by adding to it. */
export function mayMakeProject(c: Context, services: Services, id: string): void {
  if (!isThisMachine(c, services)) throw unknownProject()
  checkFree(services, id)
}

/** What to answer for an id that opens nothing. */
export const unknownProject = (): Problem =>
  new Problem('not-found', 'there is no project with this id', {
    field: 'projectid',
    expected: 'an id from GET /register?name=NAME, asked on the machine itself or by a paired device',
  })

/** The project that `id` opens, made where there is none. */
export function customProject(services: Services, id: string): ProjectRecord {
  const known = services.appStore.projectById(id)
  if (known) return known
  checkFree(services, id)
  return services.appStore.createProject({ name: id, kind: 'custom', id })
}

function checkFree({ appStore }: Services, id: string): void {
  if (appStore.isRetiredId(id)) throw unknownProject()
  const wanted = id.toLowerCase()
  const isTaken = appStore.projects().some(({ key, name }) => key === wanted || name.toLowerCase() === wanted)
  if (!isTaken) return
  throw new Problem('conflict', 'there is a project of this name, but this is not its id', {
    field: 'projectid',
    given: id,
    expected: 'the id that /register gave out for it, or one that is not the name of a project',
  })
}
