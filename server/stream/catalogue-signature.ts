// Tells whether a catalogue is another one than before, without keeping it: everything that people see of it counts,
// whether points can be stored and which projects there are too, times of points do not.

import { createHash } from 'node:crypto'
import type { Parts } from '../services.ts'

export type SignatureParts = Pick<Parts, 'store' | 'storage' | 'appStore'>

/**
 * Eleven characters that differ when the categories, series, declarations or failures of these projects do, the state of
 * storage, or the names of all projects.
 */
export function catalogueSignature(
  shown: readonly string[],
  { store, storage, appStore }: SignatureParts,
): string {
  const seen = shown.map((project) =>
    store.catalogue(project).map(({ firstTime: _first, lastTime: _last, ...rest }) => rest),
  )
  const projects = appStore.projects().map(({ key, name }) => [key, name])
  return createHash('sha256')
    .update(JSON.stringify([storage.get(), seen, projects]))
    .digest('base64url')
    .slice(0, 11)
}
