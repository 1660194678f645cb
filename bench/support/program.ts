// Other programs under measurement: found on the machine, started, waited for, and never left behind.

import { type ChildProcess, spawn } from 'node:child_process'
import { accessSync, closeSync, constants, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

export interface RunningProgram {
  readonly pid: number
  readonly child: ChildProcess
  /** SIGTERM, SIGKILL after `patienceMs`; resolves when it is gone. */
  stop(patienceMs?: number): Promise<void>
}

const startPatienceMs = 60_000

const stillRunning = new Set<() => void>()
process.on('exit', () => {
  for (const kill of stillRunning) kill()
})

/** Absolute path of a program on the PATH or in the system's folders, or null. */
export function findProgram(name: string): string | null {
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/sbin', '/usr/local/sbin']
  for (const folder of folders) {
    const path = join(folder, name)
    try {
      accessSync(path, constants.X_OK)
      return path
    } catch {
      // Not in this folder.
    }
  }
  return null
}

/**
 * Starts a program whose output goes to `logFile` and resolves once `ready` says so. Throws with the end of that
 * output when the program ends before, or is not ready after a minute.
 */
export async function startProgram({
  program,
  args,
  logFile,
  env = process.env,
  ready,
}: {
  program: string
  args: readonly string[]
  logFile: string
  env?: NodeJS.ProcessEnv
  ready: () => Promise<boolean>
}): Promise<RunningProgram> {
  const log = openSync(logFile, 'a')
  const child = spawn(program, args, { env, stdio: ['ignore', log, log] })
  closeSync(log)
  const running = tieToUs(child)
  const deadline = performance.now() + startPatienceMs
  while (!(await ready().catch(() => false))) {
    if (child.exitCode !== null || child.pid === undefined || performance.now() > deadline) {
      await running.stop()
      throw new Error(`${program} did not start:\n${readFileSync(logFile, 'utf8').slice(-2000)}`)
    }
    await pause(50)
  }
  return running
}

/** Ties a child process to this one, so that it ends with it. */
export function tieToUs(child: ChildProcess): RunningProgram {
  const kill = (): void => void child.kill('SIGKILL')
  stillRunning.add(kill)
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  void gone.then(() => stillRunning.delete(kill))
  return {
    pid: child.pid ?? 0,
    child,
    async stop(patienceMs = 20_000) {
      child.kill('SIGTERM')
      const force = setTimeout(kill, patienceMs)
      await gone
      clearTimeout(force)
    },
  }
}
