// The client of every query benchmark: kept-alive connections and nothing between the socket and the clock, so that
// what is measured is the server.

import { Agent, request } from 'node:http'

export interface Answer {
  status: number
  body: Buffer
  /** From the first byte sent to the last byte received. */
  ms: number
}

export interface HttpClient {
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer>
  post(path: string, body: string | Uint8Array, headers?: Readonly<Record<string, string>>): Promise<Answer>
  close(): void
}

/** A client of one server on loopback, with at most `connections` connections. Any status above 299 throws. */
export function httpClient(port: number, { connections = 4 } = {}): HttpClient {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })

  function send(
    method: string,
    path: string,
    body?: string | Uint8Array,
    headers?: Readonly<Record<string, string>>,
  ) {
    return new Promise<Answer>((resolve, reject) => {
      const began = performance.now()
      const sent = request(
        { host: '127.0.0.1', port, agent, method, path, headers: { ...headers } },
        (response) => {
          const chunks: Buffer[] = []
          response.on('data', (chunk: Buffer) => chunks.push(chunk))
          response.on('error', reject)
          response.on('end', () => {
            const answer = {
              status: response.statusCode ?? 0,
              body: Buffer.concat(chunks),
              ms: performance.now() - began,
            }
            if (answer.status < 300) resolve(answer)
            else
              reject(new Error(`${method} ${path}: ${answer.status} ${answer.body.toString().slice(0, 500)}`))
          })
        },
      )
      sent.on('error', reject)
      sent.end(body)
    })
  }

  return {
    get: (path, headers) => send('GET', path, undefined, headers),
    post: (path, body, headers) => send('POST', path, body, headers),
    close: () => agent.destroy(),
  }
}
