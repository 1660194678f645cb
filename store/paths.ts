// Where the two databases lie: a relative folder counts from the settings file, not from where the program was
// started, so that generator, server and command line always mean the same files.

import { dirname, join, resolve } from 'node:path'
import { Problem } from '../common/problem.ts'
import type { Settings } from '../common/settings.ts'

const appName = 'app.db'

/**
 * Absolute paths of the database of points and the one of projects and devices beside it.
 * Throws a Problem `invalid` when DatabaseName takes the other's name.
 */
export function databasePaths(
  settings: Pick<Settings, 'Generator'>,
  settingsFile: string,
): { data: string; app: string } {
  const { DatabaseDirectory: directory, DatabaseName: name } = settings.Generator
  if (name.toLowerCase() === appName) {
    throw new Problem('invalid', `DatabaseName = ${name}: this name is taken by the database of devices`, {
      field: 'DatabaseName',
      given: name,
      expected: 'another file name, such as data.db',
    })
  }
  const folder = resolve(dirname(settingsFile), directory)
  return { data: join(folder, name), app: join(folder, appName) }
}
