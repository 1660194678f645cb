// Tells whether a catalogue is another one than before, without keeping it: everything that people see of it counts,
// whether points can be stored and which projects there are too, times of points do not.

import { createHash } from 'node:crypto'
import type { Parts } from '../services.ts'

/**
 * Eleven characters that differ when a project's categories, series, declarations or failures do, the state of storage,
 * or the names of all projects.
 */
export function catalogueSignature(
  project: string,
  { store, storage, appStore }: Pick<Parts, 'store' | 'storage' | 'appStore'>,
): string {
  const seen = store.catalogue(project).map(({ firstTime: _first, lastTime: _last, ...rest }) => rest)
  const projects = appStore.projects().map(({ key, name }) => [key, name])
  return createHash('sha256')
    .update(JSON.stringify([storage.get(), seen, projects]))
    .digest('base64url')
    .slice(0, 11)
}
