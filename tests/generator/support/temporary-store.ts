// A real store on disk that is gone after the test.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openStore } from '../../../store/open.ts'
import type { Store } from '../../../store/types.ts'

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pocketstats-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export interface TemporaryStore extends Store {
  readonly file: string
}

/** Waits only 20 ms for others' transactions. */
export function temporaryStore(folder: string = temporaryFolder()): TemporaryStore {
  const file = join(folder, 'data.db')
  const store = openStore({ file, busyTimeoutMs: 20 })
  onTestFinished(() => store.close())
  return Object.assign(store, { file })
}

/** Everything stored in a category, as [label, time, value] in order of storing. */
export function storedIn(store: Store, category: string, project = 'here'): [string, number, number][] {
  const labels = new Map(
    store.catalogue(project).flatMap(({ series }) => series.map(({ id, label }) => [id, label] as const)),
  )
  return store
    .since(0)
    .points.filter((point) => point.category === category)
    .map(({ id, time, value }) => [labels.get(id) ?? '', time, value])
}
