// Starts the client of `load.ts` in a process of its own.

import { fork } from 'node:child_process'
import { join } from 'node:path'
import { tieToUs } from '../program.ts'
import type { Load, LoadResult } from './load.ts'

/** Rejects when the client ends without a result, or any of its points was refused. */
export function applyLoad(load: Load): Promise<LoadResult> {
  const child = fork(join(import.meta.dirname, 'load.ts'), [JSON.stringify(load)])
  tieToUs(child)
  return new Promise((resolve, reject) => {
    child.on('message', (result: LoadResult) =>
      result.refused > 0 ? reject(new Error(`${result.refused} requests were refused`)) : resolve(result),
    )
    child.on('exit', (code) => reject(new Error(`the client ended with ${code}`)))
  })
}
