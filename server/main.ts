// Process 2: reads the settings, opens the databases and the doors, and goes quietly when it is told to.

import { isIPv6 } from 'node:net'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { getConnInfo } from '@hono/node-server/conninfo'
import { Problem } from '../common/problem.ts'
import { openAppStore } from '../store/app.ts'
import { freeBytesOf } from '../store/history/space.ts'
import { onOrphaned } from '../store/on-orphaned.ts'
import { openStore } from '../store/open.ts'
import { databasePaths } from '../store/paths.ts'
import { pluginReportFile, readPluginReport } from '../store/plugin-report.ts'
import { systemClock } from '../store/system-clock.ts'
import { WatchedSettings } from '../store/watched-settings.ts'
import { namesOfMachine } from './access/host-check.ts'
import { createApp } from './app.ts'
import { buildVersion } from './build-version.ts'
import { databaseId } from './database-id.ts'
import { listen } from './listen.ts'
import { listenSockets } from './sockets/listen-sockets.ts'
import { openCertificates } from './tls/open-certificates.ts'
import { warmUp } from './warm-up.ts'

const assetsFolder = join(import.meta.dirname, '..', 'dist', 'web')

try {
  await start()
} catch (error) {
  console.error(error instanceof Problem ? error.message : error)
  process.exit(1)
}

async function start(): Promise<void> {
  const retention = new WatchedSettings({
    args: process.argv.slice(2),
    clock: systemClock,
    log: (line) => console.error(line),
  })
  const { settings, file } = retention
  const paths = databasePaths(settings, file)
  const store = openStore({ file: paths.data })
  const appStore = openAppStore({ file: paths.app })
  const certificates = await openCertificates({
    ...{ settings, settingsFile: file, database: paths.data, clock: systemClock, log: console.log },
  })
  const {
    app,
    quick,
    ingest,
    close: closeStreams,
  } = createApp({
    store,
    appStore,
    settings,
    retention,
    pluginReport: () => readPluginReport(pluginReportFile(paths.data)),
    clock: systemClock,
    hostNames: namesOfMachine(hostname()),
    remoteAddress: (c) => getConnInfo(c).remote.address,
    version: () => buildVersion(assetsFolder),
    databaseId: databaseId(paths.data),
    freeBytes: () => freeBytesOf(paths.data),
    log: console.log,
    assetsFolder,
    certificates,
  })
  const { port, restPort, close: closeDoors } = await listen(app, settings.Server, certificates, quick)
  const parts = { appStore, ingest, clock: systemClock, log: console.log }
  const { open, close: closeSockets } = await listenSockets(parts, settings)
  appStore.setProcess('server', process.pid, systemClock.now())

  let stopping = false
  const stop = async (): Promise<void> => {
    if (stopping) return
    stopping = true
    closeStreams()
    certificates?.close()
    await Promise.all([closeDoors(), closeSockets()])
    store.close()
    appStore.close()
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop())
  // Whoever started this process is gone.
  process.on('disconnect', () => void stop())
  onOrphaned(() => void stop())

  const rest = restPort === 0 ? '' : ` and http://127.0.0.1:${restPort}/ (this machine only)`
  const host = isIPv6(settings.Server.Host) ? `[${settings.Server.Host}]` : settings.Server.Host
  const https = certificates ? ' (and https)' : ''
  console.log(`server: http://${host}:${port}/${https}${rest}`)
  for (const what of open) console.log(`server: ${what}`)
  await warmUp(port, store, systemClock.now())
  process.send?.({ state: 'ready', port, restPort, https: certificates !== null })
}
