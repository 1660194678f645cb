// Stands before an instance as a proxy or another server would: hands out the build that it is told to, as if the
// server had it, and passes everything else on, but for what a test has it answer itself.

import { createHash } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const builtFolder = join(import.meta.dirname, '..', '..', '..', 'dist', 'web')

export interface OwnAnswer {
  status: number
  headers?: Record<string, string>
  body?: string
}

const types: Record<string, string> = { js: 'text/javascript', html: 'text/html', css: 'text/css' }

const nameOf = (folder: string): string =>
  /<meta name="build" content="(\w+)"/.exec(readFileSync(join(folder, 'index.html'), 'utf8'))?.[1] ?? ''

export class Gateway {
  /** What is served as the app. */
  folder = builtFolder
  /** Answers a path itself, or passes it on (null). */
  answer: (path: string) => OwnAnswer | null = () => null
  /** Passes the request on, and loses the answer. */
  swallows: (path: string) => boolean = () => false
  /** What becomes of the API's text on its way. */
  rewrite: (text: string) => string = (text) => text
  readonly #server = createServer((incoming, outgoing) => this.#take(incoming, outgoing))
  readonly #target: string

  constructor(target: string) {
    this.#target = target
  }

  get url(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}/`
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  /** Ends all connections, streams too, as a server does that is started again. */
  drop(): void {
    this.#server.closeAllConnections()
  }

  #take(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const { pathname } = new URL(incoming.url ?? '/', this.url)
    const own = this.answer(pathname)
    if (own) outgoing.writeHead(own.status, own.headers).end(own.body)
    else if (/^\/(api\/|add_data_point)/.test(pathname)) this.#pass(incoming, outgoing)
    else this.#hand(pathname, outgoing)
  }

  #hand(path: string, outgoing: ServerResponse): void {
    const name = /\.\w+$/.test(path) ? path : '/index.html'
    try {
      const body = readFileSync(join(this.folder, name))
      const type = types[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream'
      outgoing.writeHead(200, { 'content-type': type, 'cache-control': 'no-cache' }).end(body)
    } catch {
      outgoing.writeHead(404).end()
    }
  }

  #pass(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const headers = { ...incoming.headers, 'accept-encoding': 'identity' }
    const options = { method: incoming.method ?? 'GET', headers }
    const [real, shown] = [nameOf(builtFolder), nameOf(this.folder)]
    const passed = request(new URL(incoming.url ?? '/', this.#target), options, (answer) => {
      if (this.swallows(new URL(incoming.url ?? '/', this.url).pathname)) return outgoing.writeHead(502).end()
      const { 'content-length': _, ...rest } = answer.headers
      outgoing.writeHead(answer.statusCode ?? 502, rest)
      const isText = /json|event-stream/.test(answer.headers['content-type'] ?? '')
      answer.on('data', (bytes: Buffer) => {
        const text = (): string => this.rewrite(bytes.toString()).replaceAll(real, shown)
        outgoing.write(isText ? text() : bytes)
      })
      answer.on('end', () => outgoing.end())
      answer.on('error', () => outgoing.destroy())
    })
    passed.on('error', () => outgoing.writeHead(502).end())
    outgoing.on('close', () => passed.destroy())
    incoming.pipe(passed)
  }
}

/** A copy of the built app that is another build: its page has other bytes, and it has one script more. */
export class OtherBuild {
  readonly folder = mkdtempSync(join(tmpdir(), 'pocketstats-other-build-'))
  readonly name: string
  /** The path of the script that the other build has not. */
  readonly script = '/assets/another-part.js'

  constructor() {
    cpSync(builtFolder, this.folder, { recursive: true })
    const [pageFile, workerFile] = [join(this.folder, 'index.html'), join(this.folder, 'sw.js')]
    const [page, worker] = [readFileSync(pageFile, 'utf8'), readFileSync(workerFile, 'utf8')]
    const own = nameOf(builtFolder)
    this.name = [...own].reverse().join('')
    const other = page.replace(own, this.name)
    const part = 'export const another = 1'
    const added = { url: this.script, revision: null, integrity: `sha256-${integrity(part)}` }
    const list = worker.replace('[{"url":', `[${JSON.stringify(added)},{"url":`)
    writeFileSync(join(this.folder, this.script), part)
    writeFileSync(pageFile, other)
    writeFileSync(
      workerFile,
      list.replaceAll(integrity(page), integrity(other)).replaceAll(revision(page), revision(other)),
    )
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

const integrity = (text: string): string => createHash('sha256').update(text).digest('base64')
const revision = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16)
