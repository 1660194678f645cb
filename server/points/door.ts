// Where a request's points go: to the project whose id it shows. On this very machine the id may be made up; its project
// is then made with the first points that are good.

import type { Context } from 'hono'
import type { Parts } from '../services.ts'
import { customProject, mayMakeProject } from './custom-project.ts'
import type { Intake } from './intake.ts'

export interface Door {
  /** Takes the points. */
  readonly intake: Intake
  /** Stores what is good of them; rejects with a Problem. */
  store(): Promise<void>
}

/** Throws a Problem `not-found` where the id opens nothing, and what `Ingest.open` throws. */
export function openDoor(c: Context, parts: Parts, id: string): Door {
  const { appStore, ingest } = parts
  const project = appStore.projectById(id)
  if (project) {
    const intake = ingest.open(project)
    return { intake, store: () => intake.store() }
  }
  mayMakeProject(c, parts, id)
  const intake = ingest.trial()
  return {
    intake,
    store: async () => {
      if (intake.length === 0) return
      const made = ingest.open(customProject(parts, id))
      intake.moveTo(made)
      await made.store()
    },
  }
}
