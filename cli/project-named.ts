// A project as people name it on the command line.

import { nearest } from '../common/nearest.ts'
import { Problem } from '../common/problem.ts'
import type { AppStore, ProjectRecord } from '../store/app-types.ts'

/** The project of this key or name. Throws a Problem `not-found` with the nearest right spelling. */
export function projectNamed(
  appStore: Pick<AppStore, 'projects' | 'projectByKey'>,
  given: string,
): ProjectRecord {
  const found = appStore.projectByKey(given)
  if (found) return found
  const known = appStore.projects().flatMap(({ key, name }) => [key, name])
  const meant = nearest(given, known)
  throw new Problem('not-found', `There is no project ${given}${meant ? `; did you mean ${meant}?` : '.'}`)
}
