// The process behind a nest: how it is started so that it stays small, and what the system tells of it.

import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const options = ['--optimize-for-size', '--v8-pool-size=1', '--max-semi-space-size=1', '--no-warnings']
/** Modules are compiled once, and types stripped once. */
const compiled = join(import.meta.dirname, '..', '..', '.cache', 'compiled')
const main = join(import.meta.dirname, 'nest-main.ts')

/** Starts one; `mostMemory`: bytes that V8's own heap is held to. */
export function startNest(mostMemory: number): ChildProcess {
  const heap = `--max-old-space-size=${Math.ceil(mostMemory / 1e6)}`
  return spawn(process.execPath, [...options, heap, main], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: environment(),
  })
}

/** Bytes of resident memory; 0 where that cannot be told. */
export function residentBytes(pid: number | undefined): number {
  try {
    // Pages of 4 KiB, or of more: then less is told than there is.
    return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096
  } catch {
    return 0
  }
}

/** Plugins see nothing of what we were started with but what every program has. */
function environment(): NodeJS.ProcessEnv {
  const { PATH, HOME, LANG, TZ, TMPDIR, NODE_COMPILE_CACHE = compiled } = process.env
  const given = {
    PATH,
    HOME,
    LANG,
    TZ,
    TMPDIR,
    NODE_COMPILE_CACHE,
    NODE_EXTRA_CA_CERTS: process.env.NODE_EXTRA_CA_CERTS,
  }
  const known = Object.entries(given).filter(([, value]) => value !== undefined)
  return { ...Object.fromEntries(known), MALLOC_ARENA_MAX: '1', MALLOC_MMAP_THRESHOLD_: '8192' }
}

/** Processor time (ms) of a process since its start; 0 where that cannot be told. A tick is 10 ms (proc_pid_stat(5)). */
export function processorMs(pid: number | undefined): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) * 10
  } catch {
    return 0
  }
}

/** Why a nest ended, in words for people. */
export function endedBecause(code: number | null, signal: NodeJS.Signals | null): string {
  // V8 aborts when its heap is full.
  if (signal === 'SIGABRT' || code === 134) return 'took more memory than it may have (setting PluginMemory)'
  return `ended its process (${signal ?? `exit code ${code}`})`
}
