// Databases for tests: real files in a folder of their own, gone after each test.

import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openAppStore } from '../../store/app.ts'
import type { AppStore } from '../../store/app-types.ts'
import { openStore, type StoreOptions } from '../../store/open.ts'
import type { Store } from '../../store/types.ts'

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pocketstats-store-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export const temporaryFile = (name = 'data.db'): string => join(temporaryFolder(), name)

export function openTemporary(file = temporaryFile(), options: Partial<StoreOptions> = {}): Store {
  const store = openStore({ file, ...options })
  onTestFinished(() => store.close())
  return store
}

export function openTemporaryApp(file = temporaryFile('app.db')): AppStore {
  const store = openAppStore({ file })
  onTestFinished(() => store.close())
  return store
}

/** A program of this folder in a process of its own; killed, if it still runs, when the test ends. */
export function startChild(program: string, args: readonly string[]) {
  const script = join(import.meta.dirname, program)
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  return { child, ended, output: () => output }
}
