// Which of the programs run at present. app.db knows their process ids; but an id outlives its process and may by now
// be somebody else's.

import { existsSync, readFileSync } from 'node:fs'
import { openAppStore } from '../store/app.ts'
import type { RunningProcess } from '../store/app-types.ts'

/** The generator and the server, as far as they run with this app.db. */
export function runningPrograms(app: string): RunningProcess[] {
  if (!existsSync(app)) return []
  const appStore = openAppStore({ file: app })
  try {
    return appStore.processes().filter(isAlive)
  } finally {
    appStore.close()
  }
}

function isAlive({ name, pid }: RunningProcess): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // Another user's process may not be signalled, but it is there.
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false
  }
  return commandLine(pid)?.includes(`${name}/main`) ?? true
}

/** Undefined where the system does not tell. */
function commandLine(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return undefined
  }
}
