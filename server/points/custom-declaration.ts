// A custom point may bring its unit and limits. They belong to its series; a category that nobody declared takes the
// unit as well, for its axis. What a gather declared of its category is never changed from here.

import { undeclared } from '../../common/declaration.ts'
import type { CategoryCatalogue, Store } from '../../store/types.ts'
import type { PointFields } from './point-fields.ts'

type Declaring = Pick<PointFields, 'category' | 'label' | 'unit' | 'min' | 'max'>

/** Declares what the point says of its series; nothing where it says nothing. */
export function declareCustom(store: Store, project: string, point: Declaring): void {
  const { category, label, unit, min, max } = point
  if (unit === undefined && min === undefined && max === undefined) return
  const known = store.catalogue(project).find(({ name }) => name === category)
  const own = ownDeclaration(known, label)
  store.declare(project, category, categoryDeclaration(known, unit), {
    [label]: { unit: unit ?? own.unit, min: min ?? own.min, max: max ?? own.max },
  })
}

function categoryDeclaration(known: CategoryCatalogue | undefined, unit = '') {
  if (!known) return { ...undeclared, unit }
  const { help, graph, everySeconds, min, max } = known
  const isUndeclared = help === '' && everySeconds === 0 && known.unit === ''
  return { help, graph, everySeconds, min, max, unit: isUndeclared ? unit : known.unit }
}

/** What the series has of its own, as far as it differs from its category. */
function ownDeclaration(known: CategoryCatalogue | undefined, label: string) {
  const series = known?.series.find((candidate) => candidate.label === label)
  return {
    unit: series && series.unit !== known?.unit ? series.unit : null,
    min: series && series.min !== known?.min ? series.min : null,
    max: series && series.max !== known?.max ? series.max : null,
  }
}
