// The generator as a process of its own, as the launcher starts it.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

const root = join(import.meta.dirname, '..', '..', '..')

export interface GeneratorProcess {
  child: ChildProcess
  /** Resolves when it says that it is ready; rejects when it ends before. */
  ready: Promise<void>
  stdout(): string
  stderr(): string
  /** Exit code, or the name of the signal that ended it. */
  ended: Promise<number | string>
}

/** Its databases lie in `folder`. */
export function startGenerator(
  folder: string,
  { args = [], env = {} }: { args?: readonly string[]; env?: Record<string, string> } = {},
): GeneratorProcess {
  const node = join(root, 'node_modules', '.bin', 'node')
  const child = spawn(node, [join(root, 'generator', 'main.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, POCKETSTATS_GENERATOR_DATABASEDIRECTORY: folder, ...env },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const output = { stdout: '', stderr: '' }
  child.stdout?.on('data', (chunk) => (output.stdout += chunk))
  child.stderr?.on('data', (chunk) => (output.stderr += chunk))
  const ended = once(child, 'exit').then(([code, signal]) => (code ?? signal) as number | string)
  const ready = new Promise<void>((resolve, reject) => {
    child.on('message', (message) => {
      if (typeof message === 'object' && 'state' in message && message.state === 'ready') resolve()
    })
    child.on('exit', () => reject(new Error(`the generator ended: ${output.stderr}`)))
  })
  ready.catch(() => {})
  return { child, ready, ended, stdout: () => output.stdout, stderr: () => output.stderr }
}
