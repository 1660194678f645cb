// Builds the app into dist/web when its sources changed since the last build; otherwise costs a few milliseconds.

import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Problem } from '../common/problem.ts'
import { root } from './root.ts'
import { runProgram } from './run-step.ts'

const sources = ['web', 'common', 'manifest.webmanifest', 'package-lock.json']
const stampFile = join(root, '.cache', 'app-built-from')

/** Resolves to false when the app is up to date already. Throws a Problem when the build fails, with what it printed. */
export async function buildApp(say: (line: string) => void = console.log): Promise<boolean> {
  const wanted = hashOfSources()
  if (existsSync(join(root, 'dist', 'web', 'index.html')) && lastBuild() === wanted) return false
  say('Setting up: building the app …')
  const began = Date.now()
  const { code, output } = await runProgram(
    process.execPath,
    [join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', '--config', 'web/build/vite.config.ts'],
    { quiet: true },
  )
  if (code !== 0) throw new Problem('unavailable', `the app could not be built:\n${output}`)
  mkdirSync(join(root, '.cache'), { recursive: true })
  writeFileSync(stampFile, wanted)
  say(`  app built in ${((Date.now() - began) / 1000).toFixed(1)} s`)
  return true
}

const lastBuild = (): string => (existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : '')

function hashOfSources(): string {
  const hash = createHash('sha256')
  for (const source of sources) {
    const path = join(root, source)
    const isFolder = !/\.\w+$/.test(source)
    const files = isFolder
      ? readdirSync(path, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name))
          .sort()
      : [path]
    for (const file of files)
      hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex')
}
