// Our generator as users run it: its own process, all built-in gathers, this machine, its own clock.

import { fork } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isCompiled, noteCompiled } from '../../cli/compiled-from.ts'
import { leanEnvironment, leanOptions } from '../../cli/lean-node.ts'
import { root } from '../../cli/root.ts'
import { parseSettings } from '../../common/settings.ts'
import { openStore } from '../../store/open.ts'
import { databasePaths } from '../../store/paths.ts'
import { type RunningProgram, tieToUs } from './program.ts'

export interface Stored {
  points: number
  series: number
}

export interface RealGenerator extends RunningProgram {
  /** Points in [from, to) (ms), and how many series they are of; to be asked when it has stopped. */
  stored(from: number, to: number, isWanted?: (category: string) => boolean): Stored
}

const settingNames = { folder: 'POCKETSTATS_GENERATOR_DATABASEDIRECTORY' } as const

/** Where `npm start` keeps what was compiled once. */
const compiled = process.env.NODE_COMPILE_CACHE ?? join(root, '.cache', 'compiled')

/**
 * Starts it with its databases in `folder`, like `npm start` a second time where the first only fills the compile cache;
 * resolves when its first round is stored.
 */
export async function startRealGenerator(
  folder: string,
  env: Record<string, string> = {},
): Promise<RealGenerator> {
  process.env.NODE_COMPILE_CACHE = compiled
  if (!isCompiled('generator')) {
    const rehearsal = await start(join(folder, 'rehearsal'), {})
    await rehearsal.stop()
    noteCompiled('generator')
  }
  return start(folder, env)
}

function start(folder: string, env: Record<string, string>): Promise<RealGenerator> {
  mkdirSync(folder, { recursive: true })
  const config = join(folder, 'settings.conf')
  writeFileSync(config, '')
  mkdirSync(join(folder, 'plugins'))
  const ofUs = { [settingNames.folder]: folder, ...env }
  const child = fork(join(import.meta.dirname, '..', '..', 'generator', 'main.ts'), ['--config', config], {
    execArgv: [...leanOptions],
    env: { ...leanEnvironment, ...process.env, ...ofUs },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const running = tieToUs(child)
  const { data } = databasePaths(parseSettings({ file: 'environment', env: ofUs }), folder)
  return new Promise((resolve, reject) => {
    child.on('message', () => resolve({ ...running, stored: (...asked) => storedIn(data, ...asked) }))
    child.on('exit', (code) => reject(new Error(`the generator ended with ${code}`)))
  })
}

function storedIn(
  file: string,
  from: number,
  to: number,
  isWanted: (category: string) => boolean = () => true,
): Stored {
  const store = openStore({ file })
  const points = store
    .since(0)
    .points.filter(({ time, category }) => time >= from && time < to && isWanted(category))
  store.close()
  return { points: points.length, series: new Set(points.map(({ id }) => id)).size }
}
