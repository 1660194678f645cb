// The two doors of the server: the main port for everybody, which takes http and https, and one for programs on this
// machine alone. A port that cannot be had is said in one line that names the setting.

import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import type { Settings } from '../common/settings.ts'
import type { QuickLane } from './points/quick-lane.ts'
import { portProblem } from './port-problem.ts'
import type { ServerApp } from './services.ts'
import type { Certificates } from './tls/certificates.ts'
import { type NotHttpYet, speakBoth } from './tls/speak-both.ts'

export interface Listening {
  port: number
  /** 0: there is no second door. */
  restPort: number
  /** Stops taking requests; those under way have a quarter of a second. */
  close(): Promise<void>
}

interface Door {
  setting: 'Port' | 'RestPort'
  host: string
  port: number
  /** Null: http only. */
  certificates: Certificates | null
}

interface OpenDoor {
  server: Server
  notHttpYet: NotHttpYet | null
}

const patienceMs = 250

/** Slow or idle senders must not hold connections; phones that ask every few seconds may keep theirs. Milliseconds. */
const usualTimeouts = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 5_000,
  keepAliveTimeout: 60_000,
}

/** Opens both doors or none; `quick` answers what it can before the app. Throws a Problem `unavailable` that names the setting to change. */
export async function listen(
  app: ServerApp,
  { Host, Port, RestPort }: Settings['Server'],
  certificates: Certificates | null,
  quick?: QuickLane,
  timeouts = usualTimeouts,
): Promise<Listening> {
  const open = (door: Door): Promise<OpenDoor> => openDoor(app, quick, timeouts, door)
  const main = await open({ setting: 'Port', host: Host, port: Port, certificates })
  try {
    const needsRest = RestPort !== 0 && RestPort !== Port
    const rest = needsRest
      ? await open({ setting: 'RestPort', host: '127.0.0.1', port: RestPort, certificates: null })
      : null
    return {
      port: portOf(main),
      restPort: rest ? portOf(rest) : RestPort,
      close: async () => {
        await Promise.all([shut(main), rest && shut(rest)])
      },
    }
  } catch (error) {
    await shut(main)
    throw error
  }
}

async function openDoor(
  app: ServerApp,
  quick: QuickLane | undefined,
  timeouts: typeof usualTimeouts,
  door: Door,
): Promise<OpenDoor> {
  const server = createAdaptorServer({
    fetch: app.fetch,
    serverOptions: timeouts,
    createServer: (options: object, rest: RequestListener) =>
      createServer(options, quick?.before(rest) ?? rest),
  } as Parameters<typeof createAdaptorServer>[0]) as Server
  const notHttpYet = door.certificates && speakBoth(server, door.certificates)
  const { promise: listening, resolve, reject } = Promise.withResolvers<void>()
  const fail = (error: NodeJS.ErrnoException): void =>
    reject(portProblem({ section: 'Server', ...door }, error))
  server.once('error', fail)
  server.listen(door.port, door.host, resolve)
  await listening
  server.off('error', fail)
  return { server, notHttpYet }
}

function portOf({ server }: OpenDoor): number {
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

async function shut({ server, notHttpYet }: OpenDoor): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  server.closeIdleConnections()
  notHttpYet?.dropSilent()
  const force = setTimeout(() => {
    server.closeAllConnections()
    notHttpYet?.dropEncrypted()
  }, patienceMs)
  await closed
  clearTimeout(force)
}
