// A point may bring what is to be said of its series and its category. In a project of somebody's own numbers the last
// word counts; what a gather declared of a category of this machine is never changed from here.

import type { Declaration } from '../../common/declaration.ts'
import { undeclared } from '../../common/declaration.ts'
import type { Store } from '../../store/types.ts'
import type { Says } from './incoming.ts'

/** The project that points are for. */
export interface Owner {
  key: string
  kind: 'machine' | 'custom'
}

/** Declares what is said; costs next to nothing where it was said before. */
export function declareSaid(
  store: Pick<Store, 'declared' | 'declare'>,
  owner: Owner,
  { category, label, says }: { category: string; label: string; says: Says },
): void {
  const known = store.declared(owner.key, category)
  const own = known?.series(label)
  const { unit = own?.unit ?? null, min = own?.min ?? null, max = own?.max ?? null } = says
  const series = unit === null && min === null && max === null && !own ? {} : { [label]: { unit, min, max } }
  store.declare(owner.key, category, categoryOf(owner, known?.declaration ?? undeclared, says), series)
}

function categoryOf({ kind }: Owner, known: Declaration, says: Says): Declaration {
  const isSilent = known.help === '' && known.everySeconds === 0 && known.unit === ''
  if (kind === 'machine' && !isSilent) return known
  const { help = known.help, graph = known.graph } = says
  return {
    ...known,
    help,
    graph,
    unit: known.unit === '' ? (says.unit ?? '') : known.unit,
    // A machine's categories with an interval are those that its generator has to keep fresh.
    everySeconds: kind === 'machine' ? 0 : (says.everySeconds ?? known.everySeconds),
  }
}
