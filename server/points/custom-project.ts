// Whose point is it? The id in the request is the key to a project; on this very machine an id may be made up on the
// spot, so that a first point takes one line and no set-up.

import type { Context } from 'hono'
import { Problem } from '../../common/problem.ts'
import type { ProjectRecord } from '../../store/app-types.ts'
import { isThisMachine } from '../access/caller.ts'
import type { Services } from '../services.ts'

/** The project that `id` opens; made when the request comes from this machine, else a Problem `not-found`. */
export function projectForAdding(c: Context, services: Services, id: string): ProjectRecord {
  const known = services.appStore.projectById(id)
  if (known) return known
  if (isThisMachine(c, services)) return makeProject(services, id)
  throw new Problem('not-found', 'there is no project with this id', {
    field: 'projectid',
    expected: 'an id from GET /register?name=NAME, asked on the machine itself or by a paired device',
  })
}

function makeProject({ appStore }: Services, id: string): ProjectRecord {
  try {
    return appStore.createProject({ name: id, kind: 'custom', id })
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'conflict') throw error
    throw new Problem('conflict', 'there is a project of this name, but this is not its id', {
      field: 'projectid',
      given: id,
      expected: 'the id that /register gave out for it, or one that is not the name of a project',
    })
  }
}
