// Which points lie in a window: the stretches of a project's categories that hold any, so that they can be read one
// after the other in bounded memory.

import type { CategoryCatalogue } from './types.ts'

export interface Stretch {
  project: string
  category: string
  /** [from, to), ms: no wider than what the category has. */
  from: number
  to: number
}

/** The stretches of these categories in the window [from, to), in their order; none for those without points in it. */
export const pointStretches = (
  project: string,
  categories: readonly Pick<CategoryCatalogue, 'name' | 'firstTime' | 'lastTime'>[],
  { from, to }: { from: number; to: number },
): Stretch[] =>
  categories.flatMap(({ name, firstTime, lastTime }) => {
    if (firstTime === null || lastTime === null) return []
    const stretch = { from: Math.max(from, firstTime), to: Math.min(to, lastTime + 1) }
    return stretch.from < stretch.to ? [{ project, category: name, ...stretch }] : []
  })
