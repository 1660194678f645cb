// Asks an HTTP server for a text, for a gather: also through a socket in the file system, and with limits on time and
// size. It follows no redirects. What speaks HTTP is loaded when it is first needed.

import type { IncomingMessage, RequestOptions } from 'node:http'

export interface FetchOptions {
  /** Path of a Unix socket to ask through; the URL's host is then only a name. */
  socket?: string | undefined
  /** Default: GET */
  method?: 'GET' | 'HEAD' | undefined
  headers?: Readonly<Record<string, string>> | undefined
  /** From the beginning to the last byte. Default: 5000 */
  timeoutMs?: number | undefined
  /** Default: 4 MiB */
  mostBytes?: number | undefined
}

export interface Fetched {
  status: number
  text: string
  /** Milliseconds from the beginning to the last byte. */
  tookMs: number
}

/** Rejects with words for people when the server cannot be reached or a limit is passed; any status is an answer. */
export async function fetchText(url: string, options: FetchOptions = {}): Promise<Fetched> {
  const { socket, method = 'GET', headers, timeoutMs = 5000, mostBytes = 4 << 20 } = options
  const { request } = url.startsWith('https:') ? await import('node:https') : await import('node:http')
  const began = performance.now()
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => reject(new Error(`${url}: ${why}`))
    const wanted: RequestOptions = {
      method,
      agent: false,
      signal: AbortSignal.timeout(timeoutMs),
      headers: { 'User-Agent': 'pocketstats', ...headers },
      ...(socket !== undefined && { socketPath: socket }),
    }
    const asked = request(url, wanted, (answer) => {
      collect(answer, mostBytes, timeoutMs).then(
        (text) => resolve({ status: answer.statusCode ?? 0, text, tookMs: performance.now() - began }),
        (error: Error) => fail(error.message),
      )
    })
    asked.on('error', (error: NodeJS.ErrnoException) => fail(wordsFor(error, timeoutMs)))
    asked.end()
  })
}

async function collect(answer: IncomingMessage, mostBytes: number, timeoutMs: number): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      bytes += chunk.length
      if (bytes > mostBytes) throw new Error(`answered with more than ${mostBytes} bytes`)
      chunks.push(chunk)
    }
  } catch (error) {
    throw new Error(wordsFor(error as NodeJS.ErrnoException, timeoutMs))
  }
  return Buffer.concat(chunks).toString('utf8')
}

const wordsFor = (error: NodeJS.ErrnoException, timeoutMs: number): string =>
  error.name === 'AbortError' || error.code === 'ABORT_ERR' || error.name === 'TimeoutError'
    ? `has not answered within ${timeoutMs / 1000} s`
    : error.message || (error.code ?? 'cannot be reached')
