// Settings for every program of ours: the file named by --config, else settings.conf beside package.json, and the
// environment.

import { existsSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Problem } from '../common/problem.ts'
import { parseSettings, type Settings } from '../common/settings.ts'

const root = join(import.meta.dirname, '..')

/** The settings and the absolute path of their file. Throws a Problem `invalid` with a line per mistake. */
export function loadSettings(args: readonly string[]): { settings: Settings; file: string } {
  const named = configFlag(args)
  const file = named === undefined ? join(root, 'settings.conf') : resolve(named)
  if (!existsSync(file)) {
    if (named !== undefined) throw new Problem('invalid', `--config ${named}: there is no such file`)
    return { settings: parseSettings({ file, env: process.env }), file }
  }
  const shown = inside(process.cwd(), file)
  return {
    settings: parseSettings({ text: readFileSync(file, 'utf8'), file: shown, env: process.env }),
    file,
  }
}

function configFlag(args: readonly string[]): string | undefined {
  try {
    return parseArgs({ args: [...args], options: { config: { type: 'string' } } }).values.config
  } catch (error) {
    throw new Problem('invalid', error instanceof Error ? error.message : String(error))
  }
}

/** The short name of a file below `folder`, else its whole path. */
function inside(folder: string, file: string): string {
  const path = relative(folder, file)
  return path === '' || path.startsWith('..') ? file : path
}
