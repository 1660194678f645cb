// Small programs send one point a request, thousands of times. Where such a request is as plain as they nearly all are,
// it is answered here, below the framework; anything that is unusual, unknown or wrong takes the long way, which knows
// how to say so. What is let through here is checked as there: the name of the host, the id, every point.

import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { allowedHosts } from '../access/host-check.ts'
import type { Parts } from '../services.ts'
import type { Intake } from './intake.ts'

/** Takes the points of a request's address and body, or says that they are not plain: undefined. */
export type QuickTake = (request: PlainRequest) => { intake: Intake; answer: QuickAnswer } | undefined

export interface PlainRequest {
  /** What stands behind the question mark. */
  search: string
  authorization: string | undefined
  contentType: string | undefined
  /** Empty for GET. */
  body: Buffer
}

export interface QuickAnswer {
  status: 200 | 204
  /** Names and values in turn, `closedHeaders` among them. */
  headers: readonly string[]
  body: string
}

export interface QuickRoute {
  method: 'GET' | 'POST'
  path: string
  take: QuickTake
}

/** Longer bodies take the long way, which minds the others. */
const mostBytes = 4096
/** As many names of hosts are remembered; there are hardly ever more than three. */
const mostHosts = 100

/** What stands in every answer of the short way, names and values in turn. */
export const closedHeaders: readonly string[] = [
  ...['Cache-Control', 'no-store', 'X-Content-Type-Options', 'nosniff', 'X-Frame-Options', 'DENY'],
  ...[
    'Content-Security-Policy',
    "default-src 'none'; frame-ancestors 'none'",
    'Referrer-Policy',
    'no-referrer',
  ],
]

/** What Node gives on instead of the stream, once a body was read. */
type ReadMessage = IncomingMessage & { rawBody?: Buffer }

export class QuickLane {
  readonly #routes: ReadonlyMap<string, QuickTake>
  readonly #isAllowed: (host: string) => boolean
  readonly #hosts = new Map<string, boolean>()

  constructor(parts: Pick<Parts, 'hostNames' | 'settings'>, routes: readonly QuickRoute[]) {
    // With a line per request in the log there is no short way.
    const used = parts.settings.Server.Debug ? [] : routes
    this.#routes = new Map(used.map(({ method, path, take }) => [`${method} ${path}`, take]))
    this.#isAllowed = allowedHosts(parts)
  }

  /** A listener that answers what is plain, and gives everything else to `rest`. */
  before(rest: RequestListener): RequestListener {
    return (request: ReadMessage, response) => {
      const { method, url = '' } = request
      const mark = url.indexOf('?')
      const take = this.#routes.get(`${method} ${mark < 0 ? url : url.slice(0, mark)}`)
      if (take === undefined || !this.#isPlain(request)) return rest(request, response)
      const search = mark < 0 ? '' : url.slice(mark + 1)
      const goOn = (): void => void rest(request, response)
      if (method === 'GET') return answer(take, request, response, search, empty, goOn)
      readAll(request, (body) => {
        request.rawBody = body
        answer(take, request, response, search, body, goOn)
      })
    }
  }

  #isPlain({ headers, method }: IncomingMessage): boolean {
    if (headers.host === undefined || !this.#knows(headers.host)) return false
    if (method === 'GET')
      return headers['content-length'] === undefined && headers['transfer-encoding'] === undefined
    const length = headers['content-length']
    return (
      length !== undefined &&
      Number(length) <= mostBytes &&
      headers['content-encoding'] === undefined &&
      headers.expect === undefined
    )
  }

  #knows(host: string): boolean {
    const known = this.#hosts.get(host)
    if (known !== undefined) return known
    if (this.#hosts.size >= mostHosts) this.#hosts.clear()
    const isAllowed = this.#isAllowed(host)
    this.#hosts.set(host, isAllowed)
    return isAllowed
  }
}

const empty = Buffer.alloc(0)

/** Calls `done` with the whole body; never, where the connection ends before. */
function readAll(request: IncomingMessage, done: (body: Buffer) => void): void {
  let first: Buffer | undefined
  let more: Buffer[] | undefined
  request.on('data', (chunk: Buffer) => {
    if (first === undefined) first = chunk
    else more = [...(more ?? [first]), chunk]
  })
  request.on('end', () => done(more ? Buffer.concat(more) : (first ?? empty)))
}

function answer(
  take: QuickTake,
  { headers }: IncomingMessage,
  response: ServerResponse,
  search: string,
  body: Buffer,
  goOn: () => void,
): void {
  const taken = attempt(() =>
    take({ search, authorization: headers.authorization, contentType: headers['content-type'], body }),
  )
  if (taken === undefined) {
    goOn()
    return
  }
  const { status, headers: own, body: text } = taken.answer
  taken.intake.store().then(() => {
    response.writeHead(status, own as string[])
    response.end(text)
    // The long way tries again, and tells what is in the way.
  }, goOn)
}

/** Undefined for whatever is thrown: the long way meets it again, and says it. */
function attempt<T>(work: () => T | undefined): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}
