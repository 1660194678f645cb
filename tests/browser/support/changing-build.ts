// Stands before an instance and passes everything on, until it is told that there is a new build: then the worker and
// the first page are other bytes than before, which is what a browser sees of an update.

import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'

export class ChangingBuild {
  readonly #server = createServer((incoming, outgoing) => this.#pass(incoming, outgoing))
  readonly #target: string
  #build = 0

  constructor(target: string) {
    this.#target = target
  }

  get url(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}/`
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
  }

  /** From now on there is another build. */
  update(): void {
    this.#build++
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #pass(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const isWorker = incoming.url === '/sw.js'
    const options = { method: incoming.method ?? 'GET', headers: headersFor(incoming, isWorker) }
    const passed = request(new URL(incoming.url ?? '/', this.#target), options, (answer) => {
      const { 'content-length': _, ...rest } = answer.headers
      outgoing.writeHead(answer.statusCode ?? 502, isWorker ? rest : answer.headers)
      if (isWorker) answer.on('end', () => outgoing.end(`\n// build ${this.#build}\n`))
      answer.pipe(outgoing, { end: !isWorker })
    })
    passed.on('error', () => outgoing.destroy())
    outgoing.on('close', () => passed.destroy())
    incoming.pipe(passed)
  }
}

/** The worker is asked for whole and as it is, so that something can be written behind it. */
function headersFor({ headers }: IncomingMessage, isWorker: boolean): IncomingHttpHeaders {
  if (!isWorker) return headers
  const { 'if-modified-since': _, 'if-none-match': __, ...rest } = headers
  return { ...rest, 'accept-encoding': 'identity' }
}
