// The TCP port: a line per point, from everything that can open a connection, be it a shell.

import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import type { Settings } from '../../common/settings.ts'
import { portProblem } from '../port-problem.ts'
import { LineReader } from './read-line.ts'
import { RefusalLog } from './refusal-log.ts'
import { SocketDoor, type SocketParts } from './socket-door.ts'
import { serveConnection } from './tcp-connection.ts'

export interface Listener {
  /** The port that it got. */
  port: number
  close(): Promise<void>
}

/** Listens as [Tcp] says. Rejects with what the system says where it cannot. */
export async function listenTcp(
  parts: SocketParts,
  { Tcp, Formats }: Pick<Settings, 'Tcp' | 'Formats'>,
): Promise<Listener> {
  const reader = new LineReader({
    influx: { category: Formats.InfluxCategory, label: Formats.InfluxLabel },
    graphite: { category: Formats.GraphiteCategory, label: Formats.GraphiteLabel },
    json: { category: Formats.JsonCategory, label: Formats.JsonLabel },
  })
  const door = new SocketDoor(parts, Tcp.Project)
  const log = new RefusalLog('tcp', parts)
  const sockets = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true, keepAlive: true }, (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    const refused = (machine: string, reason: string) => log.refused(machine, reason)
    serveConnection(socket, { reader, door, now: () => parts.clock.now(), refused })
  })
  server.listen(Tcp.Port, Tcp.Host)
  try {
    await once(server, 'listening')
  } catch (error) {
    throw portProblem({ section: 'Tcp', setting: 'Port', host: Tcp.Host, port: Tcp.Port }, error as Error)
  }
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : Tcp.Port,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
