// The servers that take the load: ours as it is started by npm start, and the peers where they are installed.

import { join } from 'node:path'
import { openAppStore } from '../../../store/app.ts'
import { influxdb } from '../peers/influxdb.ts'
import { howToInstall } from '../peers/peer.ts'
import { victoriaMetrics } from '../peers/victoria-metrics.ts'
import { startGenerator } from '../run-generator.ts'
import { removeFolder, scratchFolder } from '../scratch.ts'
import { startServer } from '../server-process.ts'

export interface Target {
  port: number
  path: string
  /** Of the project that takes the flood, and of another. */
  authorization: string
  other: string
  stop(): Promise<void>
}

const hundredYears = 100 * 365 * 86_400

/** Our generator and server; single points and floods go to projects of their own. */
export async function startOurs(): Promise<Target> {
  const folder = scratchFolder('ingest')
  const [id, other] = makeProjects(folder)
  const server = await startServer(folder)
  const generator = startGenerator({
    folder,
    warmSeconds: 0,
    seconds: 86_400,
    maxAgeSeconds: hundredYears,
    isWatched: true,
    virtualStart: null,
  })
  return {
    port: server.port,
    path: '/write?db=bench&precision=s',
    authorization: `Token ${id}`,
    other: `Token ${other}`,
    async stop() {
      await Promise.all([generator.stop(), server.stop()])
      removeFolder(folder)
    },
  }
}

/** Null where it is not installed, which `say` is told. */
export async function startPeer(
  name: 'InfluxDB' | 'VictoriaMetrics',
  say: (line: string) => void,
): Promise<Target | null> {
  const peer = name === 'InfluxDB' ? influxdb : victoriaMetrics
  if (!peer.installed()) {
    say(howToInstall(peer))
    return null
  }
  const folder = scratchFolder('ingest')
  const running = await peer.start(folder)
  return {
    port: running.port ?? 0,
    path: '/write?db=bench&precision=s',
    authorization: 'Token none',
    other: 'Token none',
    async stop() {
      await running.stop()
      removeFolder(folder)
    },
  }
}

function makeProjects(folder: string): string[] {
  const appStore = openAppStore({ file: join(folder, 'app.db') })
  const made = ['flood', 'single'].map((name) => appStore.createProject({ name, kind: 'custom' }).id)
  appStore.close()
  return made
}
