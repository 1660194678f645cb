// Our server as users run it: its own process, on loopback, over a database that a benchmark filled.

import { fork } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { leanEnvironment, leanOptions } from '../../cli/lean-node.ts'
import { openAppStore } from '../../store/app.ts'
import { project } from './ours.ts'
import { type RunningProgram, tieToUs } from './program.ts'

export interface RunningServer extends RunningProgram {
  port: number
}

/** Starts the server on `folder`/data.db, with these settings by their names in the environment; resolves when it takes requests. */
export function startServer(
  folder: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<RunningServer> {
  knowProject(folder)
  const config = join(folder, 'settings.conf')
  writeFileSync(config, '')
  const child = fork(join(import.meta.dirname, '..', '..', 'server', 'main.ts'), ['--config', config], {
    execArgv: [...leanOptions],
    env: {
      ...leanEnvironment,
      ...process.env,
      POCKETSTATS_SERVER_HOST: '127.0.0.1',
      POCKETSTATS_SERVER_PORT: '0',
      POCKETSTATS_SERVER_RESTPORT: '0',
      POCKETSTATS_GENERATOR_DATABASEDIRECTORY: folder,
      ...settings,
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const running = tieToUs(child)
  return new Promise((resolve, reject) => {
    child.on('message', ({ port }: { port: number }) => resolve({ ...running, port }))
    child.on('exit', (code) => reject(new Error(`the server ended with ${code}`)))
  })
}

/** Resident memory of a process now, bytes; see proc_pid_status(5). */
export function residentBytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024
}

function knowProject(folder: string): void {
  const appStore = openAppStore({ file: join(folder, 'app.db') })
  if (!appStore.projectByKey(project)) appStore.createProject({ name: project, kind: 'custom' })
  appStore.close()
}
