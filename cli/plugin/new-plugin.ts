// Writes a first plugin into the user's folder.

import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Problem } from '../../common/problem.ts'
import { makeFolder } from '../../store/make-folder.ts'
import { type Language, languages, templates } from './templates.ts'

/** The new file's path. Throws a Problem for a name that makes no file, or one that is there. */
export function newPlugin(folder: string, name: string, language: string): string {
  const [, stem = '', ending = language] = /^([a-z\d][\w-]*)(?:\.(\w+))?$/i.exec(name) ?? []
  if (stem === '') {
    throw new Problem('invalid', `a plugin's name must be letters, digits and hyphens, not "${name}"`)
  }
  if (!isLanguage(ending)) {
    throw new Problem('invalid', `--language must be one of ${languages.join(', ')}, not "${ending}"`)
  }
  const file = join(folder, `${stem}.${ending}`)
  if (existsSync(file)) throw new Problem('conflict', `${file} is there already`)
  makeFolder(folder)
  writeFileSync(file, templates[ending], { mode: ending === 'sh' || ending === 'py' ? 0o755 : 0o644 })
  return file
}

const isLanguage = (given: string): given is Language => languages.some((one) => one === given)
