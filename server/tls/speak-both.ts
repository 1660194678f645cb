// One port for http and https: a TLS client's first byte is 22 (a handshake record, RFC 8446, 5.1), with which no HTTP
// request begins. Both end in one HTTP server, with its timeouts and its list of connections.

import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { createServer as createTlsServer, type TLSSocket } from 'node:tls'
import type { Certificates } from './certificates.ts'

const handshakeRecord = 22
/** Who says nothing for so long, or does not finish a handshake in it, must go. */
const patienceMs = 10_000
/** No authorities: they vouch for clients, who show no certificate here, and take megabytes. */
const protocol = { ALPNProtocols: ['http/1.1'], minVersion: 'TLSv1.2' as const, ca: [] }

export interface NotHttpYet {
  /** Ends connections that have not said anything. */
  dropSilent(): void
  /** Ends all that came encrypted, also in the middle of a handshake. */
  dropEncrypted(): void
}

/** Makes a plain HTTP server that does not listen yet take https too. */
export function speakBoth(server: Server, certificates: Certificates): NotHttpYet {
  const [serve, ...others] = server.listeners('connection')
  if (!serve || others.length > 0) throw new Error('an HTTP server has one listener of connections')
  server.removeAllListeners('connection')
  const tls = createTlsServer({ ...certificates.pair, ...protocol, handshakeTimeout: patienceMs })
  certificates.onChange((pair) => tls.setSecureContext({ ...pair, ...protocol }))
  tls.on('secureConnection', (socket: TLSSocket) => serve.call(server, socket))
  tls.on('tlsClientError', (_error, socket) => socket.destroy())
  const silent = new Set<Socket>()
  const encrypted = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    hold(silent, socket)
    whenSpeaking(socket, (isTls) => {
      silent.delete(socket)
      if (isTls) {
        hold(encrypted, socket)
        tls.emit('connection', socket)
      } else {
        serve.call(server, socket)
        socket.resume()
      }
    })
  })
  return { dropSilent: () => destroyAll(silent), dropEncrypted: () => destroyAll(encrypted) }
}

/** Remembers a socket while it is open. */
function hold(sockets: Set<Socket>, socket: Socket): void {
  sockets.add(socket)
  socket.once('close', () => sockets.delete(socket))
}

function destroyAll(sockets: ReadonlySet<Socket>): void {
  for (const socket of sockets) socket.destroy()
}

/** Looks at a connection's first byte and puts all that came back. */
function whenSpeaking(socket: Socket, speaks: (isTls: boolean) => void): void {
  const drop = (): void => {
    socket.destroy()
  }
  socket.setTimeout(patienceMs, drop)
  socket.once('error', drop)
  socket.once('end', drop)
  socket.once('data', (chunk: Buffer) => {
    socket.setTimeout(0)
    socket.off('timeout', drop).off('error', drop).off('end', drop)
    socket.pause()
    socket.unshift(chunk)
    speaks(chunk[0] === handshakeRecord)
  })
}
