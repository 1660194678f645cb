// Plugins by hand: a first file, one reading, the list of all, and whether they keep what every plugin promises.

import { spawn } from 'node:child_process'
import { dirname, join, resolve } from 'node:path'
import { loadSettings } from '../../store/load-settings.ts'
import { databasePaths } from '../../store/paths.ts'
import { pluginReportFile, readPluginReport } from '../../store/plugin-report.ts'
import { defineCommand, type ExitCode, UsageError } from '../command.ts'
import { pluginLines } from '../plugin/list-plugins.ts'
import { newPlugin } from '../plugin/new-plugin.ts'
import { root } from '../root.ts'
import { runningPrograms } from '../running-programs.ts'

interface Given {
  config?: string | undefined
  language?: string | undefined
  watch?: boolean | undefined
}

const actions: Readonly<Record<string, (name: string | undefined, given: Given) => Promise<ExitCode>>> = {
  new: make,
  run: (name, given) => byHand(['run', need(name)], given),
  list,
  check: (name, given) => byHand(['check', ...(name === undefined ? [] : [name])], given),
}

export const plugin = defineCommand({
  name: 'plugin',
  summary: 'Write, try, list and check plugins',
  usage: 'ACTION [NAME] [--watch] [--language LANGUAGE]',
  text: `
  new NAME    Write a plugin of ten lines, with comments, into the folder of plugins; --language js, sh or py
              for another language than TypeScript
  run NAME    Read a plugin (or a built-in gather) once and print values, times and cost; --watch goes on and
              draws a line for each series; nothing is stored
  list        All gathers and plugins: state, interval, what a reading costs, what is wrong
  check NAME  Whether a plugin keeps what every plugin promises; without NAME all of the folder

The folder is the setting PluginDirectory. A plugin that is saved there runs within seconds, without a restart.`,
  options: { watch: { type: 'boolean' }, language: { type: 'string' } },
  operands: [1, 2],
  async run({ operands: [action = '', name], values }) {
    const act = Object.hasOwn(actions, action) ? actions[action] : undefined
    if (!act) throw new UsageError(`"${action}" is none of ${Object.keys(actions).join(', ')}`)
    return act(name, values)
  },
})

function need(name: string | undefined): string {
  if (name === undefined) throw new UsageError('NAME is missing')
  return name
}

const argsOf = ({ config }: Given): string[] => (config === undefined ? [] : ['--config', config])

async function make(name: string | undefined, given: Given): Promise<ExitCode> {
  const { settings, file } = loadSettings(argsOf(given))
  const folder = resolve(dirname(file), settings.Generator.PluginDirectory)
  console.log(newPlugin(folder, need(name), given.language ?? 'ts'))
  return 0
}

async function list(_name: string | undefined, given: Given): Promise<ExitCode> {
  const { settings, file } = loadSettings(argsOf(given))
  const paths = databasePaths(settings, file)
  const report = readPluginReport(pluginReportFile(paths.data))
  if (!report) {
    console.error('pocketstats: no generator has run here yet')
    return 1
  }
  const isRunning = runningPrograms(paths.app).some((program) => program.name === 'generator')
  console.log(pluginLines(report, isRunning).join('\n'))
  return report.plugins.some(({ state }) => state === 'fails') ? 1 : 0
}

/** The generator's own code reads a plugin, in a process of its own. */
function byHand(what: readonly string[], given: Given): Promise<ExitCode> {
  const script = join(root, 'generator', 'plugins', 'by-hand.ts')
  const args = [script, ...what, ...argsOf(given), ...(given.watch ? ['--watch'] : [])]
  const child = spawn(process.execPath, ['--no-warnings', ...args], { stdio: 'inherit' })
  return new Promise((done) =>
    child.on('exit', (code, signal) => {
      if (signal !== null) console.error(`pocketstats: reading plugins was ended (${signal})`)
      done(code === 0 ? 0 : 1)
    }),
  )
}
