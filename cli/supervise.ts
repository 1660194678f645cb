// Keeps one of our processes running: started, told apart by name in what is said, and started again with back-off
// when it dies.

import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { isCompiled, noteCompiled } from './compiled-from.ts'
import { leanEnvironment, leanOptions } from './lean-node.ts'
import { root } from './root.ts'

export interface Ready {
  state: 'ready'
  /** The server's real ports, also where the settings say 0. */
  port?: number
  restPort?: number
  /** The server speaks https on its port as well. */
  https?: boolean
}

export interface Supervised {
  /** Resolves at the first readiness; rejects when the process ends before it ever was ready (it has said why). */
  readonly ready: Promise<Ready>
  /** SIGTERM, then SIGKILL after five seconds; resolves when the process is gone. */
  stop(): Promise<void>
}

const longestPauseMs = 30_000
const healthyAfterMs = 10_000
const patienceMs = 5_000

export function supervise(
  name: string,
  { args, say = console.log }: { args: readonly string[]; say?: (line: string) => void },
): Supervised {
  let child: ChildProcess | undefined
  let pause: NodeJS.Timeout | undefined
  let pauseMs = 1000
  let stopping = false
  let everReady = false
  // The first start after a change only fills the compile cache: the next is small and quick.
  let isRehearsal = process.env.NODE_COMPILE_CACHE !== undefined && !isCompiled(name)
  let isRehearsed = false
  const { promise: ready, resolve, reject } = Promise.withResolvers<Ready>()

  function start(): void {
    const began = Date.now()
    const started = spawn(process.execPath, [...leanOptions, join(root, name, 'main.ts'), ...args], {
      env: { ...leanEnvironment, ...process.env },
      stdio: ['ignore', isRehearsal ? 'ignore' : 'inherit', 'inherit', 'ipc'],
    })
    child = started
    started.on('message', (message: Ready) => {
      if (message.state !== 'ready') return
      if (isRehearsal) {
        isRehearsal = false
        isRehearsed = true
        noteCompiled(name)
        started.kill('SIGTERM')
        return
      }
      if (everReady) say(`${name} runs again`)
      everReady = true
      resolve(message)
    })
    started.on('exit', (code, signal) => ended(code, signal, Date.now() - began))
  }

  function ended(code: number | null, signal: string | null, livedMs: number): void {
    child = undefined
    if (stopping) return
    if (isRehearsed) {
      isRehearsed = false
      start()
      return
    }
    if (!everReady) {
      reject(new Error(`${name} could not start`))
      return
    }
    pauseMs = livedMs > healthyAfterMs ? 1000 : pauseMs
    say(`${name} died (${signal ?? `exit code ${code}`}); starting it again in ${pauseMs / 1000} s`)
    pause = setTimeout(start, pauseMs)
    pauseMs = Math.min(pauseMs * 2, longestPauseMs)
  }

  async function stop(): Promise<void> {
    stopping = true
    clearTimeout(pause)
    const running = child
    if (!running) return
    const gone = new Promise<void>((done) => running.on('exit', () => done()))
    running.kill('SIGTERM')
    const force = setTimeout(() => running.kill('SIGKILL'), patienceMs)
    await gone
    clearTimeout(force)
  }

  start()
  return { ready, stop }
}
