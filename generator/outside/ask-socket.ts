// Says something on a socket and returns what is answered, for gathers of daemons with a protocol of lines: with limits
// on time and size.

import { createConnection } from 'node:net'

export interface AskOptions {
  /** True for the text so far when the answer is whole; until the other end hangs up, if left out. */
  until?: ((text: string) => boolean) | undefined
  /** Default: 5000 */
  timeoutMs?: number | undefined
  /** Default: 1 MiB */
  mostBytes?: number | undefined
}

/** A host's port, or the path of a Unix socket. */
export type SocketAddress = { host: string; port: number } | { path: string }

/** Rejects with words for people when nobody answers in time, or with too much. */
export function askSocket(
  address: SocketAddress,
  question: string,
  options: AskOptions = {},
): Promise<string> {
  const { until = () => false, timeoutMs = 5000, mostBytes = 1 << 20 } = options
  const name = 'path' in address ? address.path : `${address.host}:${address.port}`
  return new Promise((resolve, reject) => {
    const socket = createConnection(address)
    let text = ''
    const finish = (failure?: string): void => {
      clearTimeout(timer)
      socket.destroy()
      if (failure === undefined) resolve(text)
      else reject(new Error(`${name}: ${failure}`))
    }
    const timer = setTimeout(() => finish(`has not answered within ${timeoutMs / 1000} s`), timeoutMs)
    socket.setEncoding('utf8')
    socket.on('connect', () => socket.write(question))
    socket.on('data', (chunk: string) => {
      text += chunk
      if (text.length > mostBytes) finish(`answered with more than ${mostBytes} bytes`)
      else if (until(text)) finish()
    })
    socket.on('end', () => finish())
    socket.on('error', (error: NodeJS.ErrnoException) => finish(error.message || error.code))
  })
}
