// Makes a source of readings of a program in any language: it is run at its interval or kept running, and what it prints
// is understood by itself.

import { chmodSync, closeSync, mkdirSync, openSync, readSync } from 'node:fs'
import { dirname } from 'node:path'
import { namedTexts } from '../../common/settings-named.ts'
import { type RunResult, runProgram } from '../outside/run-program.ts'
import { userOf } from '../outside/user-of.ts'
import { readMuninConfig, readMuninGraphs } from './formats/munin.ts'
import { type Format, formatOf, type Output, readOutput } from './formats/output.ts'
import { KeptProgram } from './kept-program.ts'
import { type CategoryWords, type Measured, noWords, type Source } from './measured.ts'
import type { Opened } from './open-plugin.ts'
import type { PluginEntry } from './plugin-folder.ts'
import type { PluginHostOptions } from './plugin-host.ts'
import { type ProgramSettings, programSettings } from './program-settings.ts'

interface Program {
  entry: PluginEntry
  settings: ProgramSettings
  /** Runs it; undefined where it is gone. */
  run: (...args: string[]) => Promise<RunResult | undefined>
}

/** Running a program takes no more of the time than this. */
const mostShare = 0.1
const intervals = [1, 2, 5, 10, 15, 20, 30, 60, 120, 300]
/** Checks and Munin's plugins are made for minutes; asking every few seconds is often enough. */
const usualSeconds: Partial<Record<Format, number>> = { munin: 10, nagios: 10 }
/** Until it is known how long a good run takes. */
const failedSeconds = 10
const headBytes = 65_536
const empty: Measured = { parts: [], failure: null }

/** Rejects with words for people when it cannot be run at all. */
export async function openProgram(
  entry: PluginEntry,
  _version: string,
  options: Pick<PluginHostOptions, 'settings' | 'user' | 'stateFolder'>,
): Promise<Opened> {
  const head = beginningOf(entry.file)
  const settings = programSettings(head, namedTexts(options.settings(), 'Plugin', entry.stem, []))
  const limits = limitsOf(entry, settings, options)
  const run: Program['run'] = (...args) => runProgram(entry.file, [...settings.args, ...args], limits)
  const program = { entry, settings, run }
  const isMunin = settings.format === 'munin' || (settings.format === undefined && looksLikeMunin(head))
  if (isMunin) return openMunin(program, /#%#\s*capabilities\s*=.*\bautoconf\b/.test(head))
  if (settings.keepRunning) return openKept(program, new KeptProgram(entry.file, settings.args, limits))
  return openRun(program)
}

function limitsOf(
  { file }: PluginEntry,
  { timeoutSeconds, mostBytes, env, user }: ProgramSettings,
  { user: usual, stateFolder }: Pick<PluginHostOptions, 'user' | 'stateFolder'>,
) {
  mkdirSync(stateFolder, { recursive: true })
  // Whoever programs run as keeps its own files there, and no others'.
  if (usual !== undefined || user !== '') chmodSync(stateFolder, 0o1777)
  const munin = {
    MUNIN_LIBDIR: '/usr/share/munin',
    MUNIN_CAP_MULTIGRAPH: '1',
    MUNIN_PLUGSTATE: stateFolder,
    MUNIN_STATEFILE: `${stateFolder}/${file.split('/').at(-1)}.state`,
  }
  return {
    timeoutMs: timeoutSeconds * 1000,
    mostBytes,
    env: { ...munin, ...env },
    user: user === '' ? usual : userOf(user),
    folder: dirname(file),
  }
}

const looksLikeMunin = (head: string): boolean => /#%#\s*family|graph_title|MUNIN_LIBDIR|Munin::/.test(head)

function beginningOf(file: string): string {
  const descriptor = openSync(file, 'r')
  try {
    const bytes = Buffer.alloc(headBytes)
    return bytes.subarray(0, readSync(descriptor, bytes)).toString('latin1')
  } finally {
    closeSync(descriptor)
  }
}

async function openMunin(program: Program, hasAutoconf: boolean): Promise<Opened> {
  if (hasAutoconf) {
    const { stdout } = done(program, await program.run('autoconf'))
    // The machine has no such thing: nothing to show, and nothing to fix.
    if (/^no\b/.test(stdout.trim())) return opened(program, noWords, () => Promise.resolve(empty))
  }
  const config = readMuninConfig(succeeded(done(program, await program.run('config'))))
  const { every = usualSeconds.munin ?? 10, graphs } = config
  const seconds = program.settings.every ?? every
  const read = async (): Promise<Measured> => {
    const text = succeeded(done(program, await program.run()))
    return { parts: readMuninGraphs(text, graphs, seconds), failure: null }
  }
  return opened(
    program,
    { ...noWords, every: seconds, alerts: graphs.flatMap(({ words }) => words.alerts ?? []) },
    read,
  )
}

async function openKept(program: Program, kept: KeptProgram): Promise<Opened> {
  let format = program.settings.format
  const read = async (): Promise<Measured> => {
    const text = await kept.ask()
    format ??= formatOf(text, null)
    return measured(readOutput(text, format, 0))
  }
  const words = { ...noWords, every: program.settings.every ?? 0 }
  return opened(program, words, read, async () => kept.close())
}

/** The first run tells the format and how long it takes; it is the first reading too. */
async function openRun(program: Program): Promise<Opened> {
  const began = performance.now()
  let first: RunResult | undefined = done(program, await program.run())
  const tookSeconds = (performance.now() - began) / 1000
  const format = program.settings.format ?? formatOf(first.stdout, first.code)
  const read = async (): Promise<Measured> => {
    const result = first ?? done(program, await program.run())
    first = undefined
    return measured(understood(result, format))
  }
  const words = wordsOf(first, format)
  const hasFailed = first.failure !== null || first.stdout === ''
  const least = Math.max(usualSeconds[format] ?? 0, hasFailed ? failedSeconds : tookSeconds / mostShare)
  const every = program.settings.every ?? words.every ?? intervals.find((one) => one >= least) ?? 300
  return opened(program, { ...noWords, ...words, every: every === 1 ? 0 : every }, read)
}

/** What it says of itself when it is read for the first time; a failure is told by the reading. */
function wordsOf(first: RunResult, format: Format): Partial<CategoryWords> {
  try {
    return understood(first, format).words ?? {}
  } catch {
    return {}
  }
}

function understood(result: RunResult, format: Format): Output {
  if (format === 'nagios' && result.failure === null) return readOutput(result.stdout, format, result.code)
  const text = succeeded(result)
  if (text.trim() === '') throw new Error('printed nothing')
  return readOutput(text, format, result.code)
}

const measured = ({ parts, failure }: Output): Measured => ({ parts, failure })

function done({ entry }: Program, result: RunResult | undefined): RunResult {
  if (result) return result
  throw new Error(
    `${entry.file} cannot be run: there is no such file, or what its first line names is missing`,
  )
}

function succeeded({ code, stdout, stderr, failure }: RunResult): string {
  if (failure !== null) throw new Error(failure)
  if (code === 0) return stdout
  const said = stderr.trim().split('\n').at(-1) ?? ''
  throw new Error(`exit code ${code}${said === '' ? '' : `: ${said}`}`)
}

function opened(
  { entry, settings }: Program,
  words: CategoryWords,
  read: () => Promise<Measured>,
  close: () => Promise<void> = async () => {},
): Opened {
  const source: Source = { read, close }
  const name = words.title ?? entry.stem.replaceAll('-', ' ')
  return { name, words: { ...words, title: undefined }, source, mistake: settings.mistake, backsOff: true }
}
