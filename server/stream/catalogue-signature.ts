// Tells whether a catalogue is another one than before, without keeping it: everything that people see of it counts,
// times of points do not.

import { createHash } from 'node:crypto'
import type { CategoryCatalogue } from '../../store/types.ts'

/** Eleven characters that differ when categories, series, declarations or failures do. */
export function catalogueSignature(categories: readonly CategoryCatalogue[]): string {
  const seen = categories.map(({ firstTime: _first, lastTime: _last, ...rest }) => rest)
  return createHash('sha256').update(JSON.stringify(seen)).digest('base64url').slice(0, 11)
}
