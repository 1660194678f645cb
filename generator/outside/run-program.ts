// Runs another program for a gather, with limits: how long, how much it may print, and nothing of our environment. No
// shell comes in between, and when its time is over everything that it started is ended with it.

import { spawn } from 'node:child_process'

export interface RunOptions {
  /** Default: 5000 */
  timeoutMs?: number | undefined
  /** Of what it prints; more ends it. Default: 1 MiB */
  mostBytes?: number | undefined
  /** What it finds in its environment beside PATH, HOME, LANG and TZ. */
  env?: Readonly<Record<string, string>> | undefined
  /** Numbers of the user and group to run as; ours, if left out. */
  user?: { uid: number; gid: number } | undefined
  /** Folder that it starts in. Default: / */
  folder?: string | undefined
  /** Text on its standard input; none, if left out. */
  input?: string | undefined
}

export interface RunResult {
  /** Exit code; null when a signal ended it. */
  code: number | null
  stdout: string
  /** Its beginning only. */
  stderr: string
  /** Why it was ended before its time, in words for people; null when it was not. */
  failure: string | null
}

const keptOfErrors = 4096

/** Undefined where there is no such program. Rejects when it cannot be started for another reason. */
export function runProgram(
  file: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult | undefined> {
  const { timeoutMs = 5000, mostBytes = 1 << 20, input } = options
  return new Promise((resolve, reject) => {
    const child = spawnClean(file, args, options)
    const out: Buffer[] = []
    const said: Buffer[] = []
    let bytes = 0
    let failure: string | null = null
    const end = (why: string): void => {
      failure ??= why
      killGroup(child.pid)
    }
    const timer = setTimeout(() => end(`has not ended within ${timeoutMs / 1000} s`), timeoutMs)
    child.stdout.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > mostBytes) end(`printed more than ${mostBytes} bytes`)
      else out.push(chunk)
    })
    child.stderr.on('data', (chunk: Buffer) => {
      if (said.length < keptOfErrors / 16) said.push(chunk.subarray(0, keptOfErrors))
    })
    child.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer)
      if (error.code === 'ENOENT') resolve(undefined)
      else reject(error)
    })
    child.stdin.on('error', () => {})
    child.stdin.end(input ?? '')
    // What it left running in the background may hold the pipes open: that is over with it.
    child.on('exit', (code) => {
      clearTimeout(timer)
      setImmediate(() => {
        killGroup(child.pid)
        const text = (parts: Buffer[]): string => Buffer.concat(parts).toString('utf8')
        const finish = (): void =>
          resolve({ code, stdout: text(out), stderr: text(said).slice(0, keptOfErrors), failure })
        if (child.stdout.readableEnded) finish()
        else child.once('close', finish)
      })
    })
  })
}

/** A child in a process group of its own, in a clean environment. */
export function spawnClean(
  file: string,
  args: readonly string[],
  { env = {}, user, folder = '/' }: Pick<RunOptions, 'env' | 'user' | 'folder'>,
) {
  return spawn(file, [...args], {
    cwd: folder,
    env: { ...cleanEnvironment(), ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    ...user,
  })
}

/** Ends a child and all that it started. */
export function killGroup(pid: number | undefined, signal: NodeJS.Signals = 'SIGKILL'): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch {
    // It is gone.
  }
}

/** Programs print numbers and dates as they do everywhere, and find each other in the usual places. */
function cleanEnvironment(): Record<string, string> {
  const { HOME = '/', TZ } = process.env
  const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
  return {
    PATH: process.platform === 'linux' ? PATH : (process.env.PATH ?? PATH),
    HOME,
    LANG: 'C.UTF-8',
    // Without it `bash -c` takes our pipe for a remote login and reads ~/.bashrc.
    SHLVL: '1',
    ...(TZ !== undefined && { TZ }),
  }
}
