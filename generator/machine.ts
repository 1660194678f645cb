// What a gather reads from. Everything goes through one object with exchangeable roots, so that a frozen copy of
// another machine's /proc and /sys can be read in a test exactly as the real one is.

import { readFileSync } from 'node:fs'
import { readdir, readFile, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '../common/clock.ts'
import type { Settings } from '../common/settings.ts'
import { KeptFiles } from './kept-files.ts'
import type { AskOptions, SocketAddress } from './outside/ask-socket.ts'
import type { Fetched, FetchOptions } from './outside/fetch-text.ts'
import type { RunOptions, RunResult } from './outside/run-program.ts'
import type { Sleep } from './sleep.ts'
import { type Space, type StatFs, spaceReader } from './space.ts'

/** What the generator knows of itself, for the gather that monitors the monitor. */
export interface SelfStatistics {
  /** Duration and success of the newest reading of each gather that ever had one to store; null before its first is done. */
  readonly gathers: readonly { name: string; last: { seconds: number; good: boolean } | null }[]
  /** Rows written since the start. */
  readonly rowsWritten: number
  readonly databaseBytes: number
  /** Our programs' process ids. */
  readonly processes: readonly { name: string; pid: number }[]
}

export interface Machine {
  readonly settings: Settings
  /** Text of a file under /proc; undefined where there is none. Throws when it cannot be read. */
  proc(path: string): string | undefined
  /** Text of a file under /sys that hardly ever changes: it is read once a minute. Undefined where there is none or it has no value. */
  constant(path: string): string | undefined
  /** Text of a file under /sys behind which slow hardware may be; undefined where there is none or the hardware fails. */
  sensor(path: string): Promise<string | undefined>
  /** Names in a folder under /sys, sorted, looked at once a minute; none where there is no such folder. */
  folder(path: string): Promise<string[]>
  /** What a symbolic link under /sys points to; undefined where there is none. */
  link(path: string): Promise<string | undefined>
  /** Bytes of the file system mounted there; null when it cannot be reached now, or takes too long. */
  space(mountPoint: string): Promise<Space | null>
  /** Processor cores that are switched on; undefined where unknown. */
  cores(): number | undefined
  /** What a program (by name, or by its path) prints: no shell, a clean environment, 5 s at most. Undefined where there is none. */
  run(program: string, args: readonly string[], options?: RunOptions): Promise<RunResult | undefined>
  /** The answer of an HTTP server, also through a Unix socket, within 5 s. Rejects with words for people. */
  fetch(url: string, options?: FetchOptions): Promise<Fetched>
  /** What is answered on a TCP or Unix socket, within 5 s. Rejects with words for people. */
  ask(address: SocketAddress, question: string, options?: AskOptions): Promise<string>
  self(): SelfStatistics
  /** Differs after every start of the machine; '' where unknown. */
  boot(): string
}

export interface MachineOptions {
  settings: Settings
  clock: Clock
  self: () => SelfStatistics
  procRoot?: string
  sysRoot?: string
  statfs?: StatFs
  /** Paths of programs to run in place of others, by their names. */
  programs?: Readonly<Record<string, string>>
  sleep?: Sleep
}

const constantForMs = 60_000

/** Several gathers of one round read the same file: it is read once. Rates are reckoned over far longer times. */
const sameMomentMs = 2
const mostJustRead = 64

/** The machine whose /proc and /sys are found at the roots; by default this one. */
export function createMachine({
  settings,
  clock,
  self,
  procRoot = '/proc',
  sysRoot = '/sys',
  statfs,
  programs = {},
  sleep,
}: MachineOptions): Machine {
  const constants = new Map<string, { text: string | undefined; until: number }>()

  function constant(path: string): string | undefined {
    const now = clock.monotonic()
    const known = constants.get(path)
    if (known && now < known.until) return known.text
    const text = orNothing(() => readFileSync(join(sysRoot, path), 'utf8'))
    constants.set(path, { text, until: now + constantForMs })
    return text
  }

  const folders = new Map<string, { names: Promise<string[]>; until: number }>()

  function folder(path: string): Promise<string[]> {
    const now = clock.monotonic()
    const known = folders.get(path)
    if (known && now < known.until) return known.names
    const names = readdir(join(sysRoot, path)).then(
      (found) => found.sort(),
      () => [],
    )
    folders.set(path, { names, until: now + constantForMs })
    return names
  }

  const kept = new KeptFiles()
  const justRead = new Map<string, { text: string | undefined; until: number }>()

  function proc(path: string): string | undefined {
    const now = clock.monotonic()
    const known = justRead.get(path)
    if (known && now < known.until) return known.text
    if (justRead.size > mostJustRead) justRead.clear()
    const text = unlessMissing(() => kept.read(`${procRoot}/${path}`))
    justRead.set(path, { text, until: now + sameMomentMs })
    return text
  }

  return {
    settings,
    self,
    constant,
    proc,
    sensor: (path) => readFile(join(sysRoot, path), 'utf8').catch(() => undefined),
    folder,
    link: (path) => readlink(join(sysRoot, path)).catch(() => undefined),
    space: spaceReader({ statfs, sleep }),
    // Loaded when first needed: most machines' gathers read files alone.
    run: async (program, ...more) =>
      (await import('./outside/run-program.ts')).runProgram(programs[program] ?? program, ...more),
    fetch: async (...given) => (await import('./outside/fetch-text.ts')).fetchText(...given),
    ask: async (...given) => (await import('./outside/ask-socket.ts')).askSocket(...given),
    cores: () => countRanges(constant('devices/system/cpu/online')),
    boot: () => proc('sys/kernel/random/boot_id') ?? '',
  }
}

const missing = new Set(['ENOENT', 'ENOTDIR', 'ESRCH'])

function unlessMissing(read: () => string): string | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof Error && 'code' in error && missing.has(String(error.code))) return undefined
    throw error
  }
}

function orNothing(read: () => string): string | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

/** How many numbers a list such as `0-3,8` names. */
function countRanges(list: string | undefined): number | undefined {
  if (list === undefined) return undefined
  let count = 0
  for (const range of list.trim().split(',')) {
    const [first, last = first] = range.split('-').map(Number)
    if (first !== undefined && last !== undefined) count += last - first + 1
  }
  return count > 0 ? count : undefined
}
