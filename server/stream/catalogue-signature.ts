// Tells whether a catalogue is another one than before, without keeping it: everything that people see of it counts,
// whether points can be stored too, times of points do not.

import { createHash } from 'node:crypto'
import type { Storage } from '../../common/wire.ts'
import type { CategoryCatalogue } from '../../store/types.ts'

/** Eleven characters that differ when categories, series, declarations, failures or the state of storage do. */
export function catalogueSignature(categories: readonly CategoryCatalogue[], storage: Storage): string {
  const seen = categories.map(({ firstTime: _first, lastTime: _last, ...rest }) => rest)
  return createHash('sha256')
    .update(JSON.stringify([storage, seen]))
    .digest('base64url')
    .slice(0, 11)
}
