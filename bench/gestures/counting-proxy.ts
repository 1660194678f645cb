// Counts what a server really sends, headers and framing included: a TCP proxy before it that looks into nothing.

import { connect, createServer, type Server } from 'node:net'

export interface CountingProxy {
  port: number
  /** Bytes sent to the clients so far. */
  bytes: () => number
  close: () => void
}

/** Passes connections on to `port` of this machine; closing ends none that is open. */
export async function countingProxy(port: number): Promise<CountingProxy> {
  let bytes = 0
  const server: Server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1')
    upstream.on('data', (chunk) => {
      bytes += chunk.length
    })
    const end = (): void => {
      client.destroy()
      upstream.destroy()
    }
    for (const socket of [client, upstream]) socket.on('error', end).on('close', end)
    client.pipe(upstream).pipe(client)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port')
  return { port: address.port, bytes: () => bytes, close: () => server.close() }
}
