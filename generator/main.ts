// Process 1: gathers this machine's numbers until it is told to stop.

import { hostname } from 'node:os'
import { join } from 'node:path'
import { Problem } from '../common/problem.ts'
import { openAppStore } from '../store/app.ts'
import { takeKeeperRole } from '../store/keeper-role.ts'
import { onOrphaned } from '../store/on-orphaned.ts'
import { openStore } from '../store/open.ts'
import { databasePaths } from '../store/paths.ts'
import { pluginReportFile } from '../store/plugin-report.ts'
import { systemClock } from '../store/system-clock.ts'
import { WatchedSettings } from '../store/watched-settings.ts'
import { createGenerator } from './generator.ts'
import { signalsOf } from './signals.ts'
import { sleep } from './sleep.ts'

// A mount that does not answer holds one thread of the pool for as long as it hangs; the others need theirs.
process.env.UV_THREADPOOL_SIZE ??= '16'

// No round waits longer for somebody else's transaction: its points wait in memory instead.
const busyTimeoutMs = 500

const stop = new AbortController()
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop.abort())
// Whoever started this process to watch over it is gone.
process.on('disconnect', () => stop.abort())
onOrphaned(() => stop.abort())
process.on('unhandledRejection', (reason) => console.error('generator:', reason))

try {
  await main()
  process.exit(0)
} catch (error) {
  console.error(error instanceof Problem ? error.message : error)
  process.exit(1)
}

async function main(): Promise<void> {
  const log = (line: string): void => console.error(line)
  const watched = new WatchedSettings({ args: process.argv.slice(2), clock: systemClock, log })
  const { settings, file } = watched
  const paths = databasePaths(settings, file)
  const appStore = openAppStore({ file: paths.app })
  const role = takeKeeperRole(paths.data)
  const store = openStore({ file: paths.data, busyTimeoutMs })
  const project = appStore.machineProject(settings.General.MachineName || hostname())
  appStore.setProcess('generator', process.pid, systemClock.now())
  const generator = await createGenerator({
    settings,
    newestSettings: () => watched.newest(),
    plugins: {
      settingsFile: file,
      reportFile: pluginReportFile(paths.data),
      extendSettings: (edit) => watched.extend(edit),
    },
    retention: () => watched.plan(),
    store,
    project: project.key,
    clock: systemClock,
    sleep,
    log,
    gathers: join(import.meta.dirname, 'gathers'),
    processes: () => appStore.processes(),
    ...signalsOf(appStore, systemClock),
  })
  console.log(
    `generator: ${generator.gatherCount} gathers every ${settings.Generator.Timestep} s into ${paths.data}`,
  )
  await generator.run(stop.signal, () => process.send?.({ state: 'ready' }))
  store.close()
  appStore.close()
  role.release()
}
