// Which sources Node's compile cache was filled from. A process that has to strip types itself carries what does that
// (16 MB) for as long as it lives, so it is worth knowing whether a start will.

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { makeFolder } from '../store/make-folder.ts'
import { root } from './root.ts'

const shared = ['common', 'store']

/** True when `program` started from the present sources before and every file of them lies in the cache. */
export function isCompiled(program: string): boolean {
  try {
    return readFileSync(stampFile(program), 'utf8') === stampOf(program)
  } catch {
    return false
  }
}

/** Notes that `program` has started from the present sources; where nothing can be written it is not noted. */
export function noteCompiled(program: string): void {
  const file = stampFile(program)
  try {
    makeFolder(dirname(file))
    writeFileSync(file, stampOf(program))
  } catch {
    // The next start is as slow as this one.
  }
}

const stampFile = (program: string): string =>
  join(process.env.NODE_COMPILE_CACHE ?? join(root, '.cache'), `${program}-compiled-from`)

/** Changes with the version of Node and with every file's size or time of change. */
function stampOf(program: string): string {
  const hash = createHash('sha256').update(process.version)
  for (const folder of [...shared, program]) {
    for (const name of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).sort()) {
      if (!name.endsWith('.ts')) continue
      const { size, mtimeMs } = statSync(join(root, folder, name))
      hash.update(`${folder}/${name}\0${size}\0${mtimeMs}\0`)
    }
  }
  return hash.digest('hex')
}
