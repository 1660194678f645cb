// A misspelt category in [Retention] breaks nothing and does nothing: the log says so, once for each plan.

import { nearest } from '../common/nearest.ts'
import type { RetentionPlan } from '../common/retention-cost.ts'
import type { Store } from '../store/types.ts'

/** A function that logs which names in a plan no category has, unless there is no category at all yet. */
export function overrideCheck(
  store: Pick<Store, 'projects' | 'catalogue'>,
  log: (line: string) => void,
): (plan: RetentionPlan) => void {
  let checked: RetentionPlan | undefined
  return (plan) => {
    if (plan === checked) return
    const known = store.projects().flatMap((project) => store.catalogue(project).map(({ name }) => name))
    if (known.length === 0) return
    checked = plan
    for (const name of Object.keys(plan.overrides ?? {})) {
      if (known.includes(name)) continue
      const meant = nearest(name, known)
      log(
        `generator: [Retention] ${name}: no category has this name${meant ? `; did you mean "${meant}"?` : ''}`,
      )
    }
  }
}
