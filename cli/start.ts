// `npm start`: builds the app if its sources changed, runs generator and server until Ctrl-C, and shows how to get in.

import { Problem } from '../common/problem.ts'
import { openAppStore } from '../store/app.ts'
import { takeKeeperRole } from '../store/keeper-role.ts'
import { loadSettings } from '../store/load-settings.ts'
import { localAddress } from '../store/local-address.ts'
import { onOrphaned } from '../store/on-orphaned.ts'
import { databasePaths } from '../store/paths.ts'
import { buildApp } from './build-app.ts'
import { invitation } from './invitation.ts'
import { type Supervised, supervise } from './supervise.ts'

const args = process.argv.slice(2)
const lifeMinutes = 10
const running: Supervised[] = []

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void stopAll(0))
onOrphaned(() => void stopAll(0))

try {
  const { settings, file } = loadSettings(args)
  const paths = databasePaths(settings, file)
  const appStore = openAppStore({ file: paths.app })
  // Said once and at once, not by each program in its own way.
  takeKeeperRole(paths.data).release()
  await buildApp()
  const generator = supervise('generator', { args })
  const server = supervise('server', { args })
  running.push(generator, server)
  const [, { port = settings.Server.Port, https = false }] = await Promise.all([
    generator.ready,
    server.ready,
  ])
  const code = appStore.newPairingCode(Date.now(), { lifeSeconds: lifeMinutes * 60 })
  appStore.close()
  console.log(`\nPocketstats runs: generator ready, server ready. Ctrl-C stops both.\n`)
  console.log(invitation({ address: localAddress(), port, code, lifeMinutes, https }))
} catch (error) {
  // A process that could not start has said why itself.
  if (running.length === 0) console.error(error instanceof Problem ? error.message : error)
  await stopAll(1)
}

async function stopAll(exitCode: number): Promise<void> {
  await Promise.all(running.map((program) => program.stop()))
  process.exit(exitCode)
}
