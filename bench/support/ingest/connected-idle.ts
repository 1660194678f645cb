// What clients cost that are connected by TCP and send next to nothing: many small devices keep one connection each.

import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '../free-port.ts'
import { residentBytes, startServer } from '../server-process.ts'

/** One address of loopback has too few ports for all. */
const addresses = 5

/** Megabytes that the server is larger once all are connected, have sent a line, and rest. */
export async function connectedIdle(folder: string, clients: number): Promise<number> {
  const port = await freePort()
  const server = await startServer(folder, { POCKETSTATS_TCP_PORT: String(port) })
  await pause(2000)
  const before = residentBytes(server.pid)
  const sockets: Socket[] = []
  for (let i = 0; i < clients; i++) {
    const socket = connect({ port, host: '127.0.0.1', localAddress: `127.0.0.${1 + (i % addresses)}` })
    await once(socket, 'connect')
    socket.write(`idle.n${i % 10} ${i}\n`)
    sockets.push(socket)
  }
  await pause(3000)
  const megabytes = (residentBytes(server.pid) - before) / 1e6
  for (const socket of sockets) socket.destroy()
  await server.stop()
  return megabytes
}
