// Which project a point belongs to whose source names it by key, by name or by id; made when there is none.

import type { AppStore, ProjectRecord } from '../../store/app-types.ts'

/** A function from what the source says to the project's key, remembering what it found. */
export function projectFinder(
  appStore: AppStore,
  { machine, byId = false }: { machine: string; byId?: boolean },
): (text: string | undefined) => string {
  const known = new Map<string, string>()
  return (text) => {
    if (text === undefined) return machine
    let key = known.get(text)
    if (key === undefined) {
      key = (byId ? projectOfId(appStore, text) : projectOfName(appStore, text)).key
      known.set(text, key)
    }
    return key
  }
}

/** The project of a key or a name, in whatever case. */
export function projectOfName(appStore: AppStore, text: string): ProjectRecord {
  const wanted = text.toLowerCase()
  return (
    appStore.projectByKey(text) ??
    appStore.projects().find(({ key, name }) => key === wanted || name.toLowerCase() === wanted) ??
    appStore.createProject({ name: text, kind: 'custom' })
  )
}

/** The project that this id opens; whoever used it goes on using it. */
function projectOfId(appStore: AppStore, id: string): ProjectRecord {
  const known = appStore.projectById(id)
  if (known) return known
  const isTaken = appStore
    .projects()
    .some(({ key, name }) => [key, name.toLowerCase()].includes(id.toLowerCase()))
  return isTaken ? projectOfName(appStore, id) : appStore.createProject({ name: id, kind: 'custom', id })
}
