// The first question after a start takes ten times as long as the next: statements are prepared, what waits in the log
// is read, code is compiled. The server asks itself such a question before it says that it is ready.

import { request } from 'node:http'
import { binaryType } from '../common/buckets-binary.ts'
import type { Store } from '../store/types.ts'

const yearMs = 365 * 86_400_000
const patienceMs = 2000

/** Asks the server at `port` for the last year of a category, by HEAD: nobody looks. Resolves whatever comes of it. */
export function warmUp(
  port: number,
  store: Pick<Store, 'projects' | 'catalogue'>,
  now: number,
): Promise<void> {
  const [project] = store.projects()
  const category = project && store.catalogue(project).find(({ graph }) => graph)?.name
  if (!category) return Promise.resolve()
  const window = { project, category, from: `${now - yearMs}`, to: `${now}`, buckets: '400' }
  const path = `/api/v1/query?${new URLSearchParams(window)}`
  const headers = { accept: binaryType, connection: 'close' }
  return new Promise((resolve) => {
    request({ host: '127.0.0.1', port, path, method: 'HEAD', headers, timeout: patienceMs })
      .on('timeout', () => resolve())
      .on('close', () => resolve())
      .on('error', () => resolve())
      .on('response', (answer) => answer.resume())
      .end()
  })
}
