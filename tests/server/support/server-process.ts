// The real server as a process of its own, on free ports, with its databases in a folder of its own.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { temporaryFolder } from './test-app.ts'

export interface ServerProcess {
  child: ChildProcess
  port: number
  restPort: number
  folder: string
  url: string
  /** Everything it wrote so far. */
  output: () => string
  /** Sends the signal and waits for the end: exit code or signal. */
  end: (signal: NodeJS.Signals) => Promise<number | string>
}

export interface ServerProcessOptions {
  folder?: string
  /** Settings by their names in the environment, without prefix: `SERVER_DEBUG`. */
  settings?: Record<string, string>
  args?: readonly string[]
}

const main = join(import.meta.dirname, '..', '..', '..', 'server', 'main.ts')

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}

function launch({ folder, settings, args = [] }: ServerProcessOptions & { folder: string }) {
  const env = { ...process.env }
  const all = {
    SERVER_PORT: '0',
    SERVER_RESTPORT: '0',
    SERVER_TLS: 'no',
    GENERATOR_DATABASEDIRECTORY: folder,
    ...settings,
  }
  for (const [key, value] of Object.entries(all)) env[`POCKETSTATS_${key}`] = value
  const child = spawn(process.execPath, [main, ...args], { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
  }
  const ended = once(child, 'close').then(([code, signal]) => code ?? signal)
  return { child, ended, output: () => output }
}

/** Starts a server and waits until it is ready. */
export async function startServer(options: ServerProcessOptions = {}): Promise<ServerProcess> {
  const folder = options.folder ?? temporaryFolder()
  const restPort = await freePort()
  const settings = { SERVER_RESTPORT: String(restPort), ...options.settings }
  const { child, ended, output } = launch({ ...options, folder, settings })
  const [ready] = await Promise.race([
    once(child, 'message'),
    ended.then((code) => {
      throw new Error(`the server ended with ${code}: ${output()}`)
    }),
  ])
  return {
    ...{ child, folder, output },
    port: ready.port,
    restPort: ready.restPort,
    url: `http://127.0.0.1:${ready.port}`,
    end: (signal) => {
      child.kill(signal)
      return ended
    },
  }
}

/** Starts a server that cannot run, and waits for its end. */
export async function failingServer(
  options: ServerProcessOptions,
): Promise<{ code: number; output: string }> {
  const { ended, output } = launch({ folder: temporaryFolder(), ...options })
  return { code: await ended, output: output() }
}
