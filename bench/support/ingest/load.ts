// Load on one server by line protocol, from a process of its own that is the same for all: raw sockets, bodies that are
// made before and of which only the times change, so that the client costs as little as it can.

import { connect } from 'node:net'

export interface Load {
  port: number
  /** With everything behind the question mark; times are in seconds. */
  path: string
  authorization: string
  connections: number
  /** Lines of a request. */
  lines: number
  /** Different series among them. */
  series: number
  /** Not counted, then counted. */
  warmSeconds: number
  seconds: number
  /** Wait so long (ms) between a connection's requests; 0: as fast as answers come. */
  pauseMs: number
}

export interface LoadResult {
  pointsPerSecond: number
  p50: number
  p99: number
  /** Answers that were not 204. */
  refused: number
  /** Processor seconds that the client took in each second. */
  clientLoad: number
}

const digits = 10
const daySeconds = 86_400

/** One series a second, from two weeks ago on: no point is ever sent twice, and none lies ahead. */
class Body {
  readonly bytes: Buffer
  readonly #offsets: number[] = []
  readonly #series: number

  constructor({ lines, series }: Load) {
    this.#series = series
    const parts: string[] = []
    let at = 0
    for (let i = 0; i < lines; i++) {
      const head = `sensor,host=server${i % series},region=north value=${((i * 7919) % 1000) / 10} `
      this.#offsets.push(at + head.length)
      parts.push(`${head}${'0'.repeat(digits)}\n`)
      at += head.length + digits + 1
    }
    this.bytes = Buffer.from(parts.join(''))
  }

  /** Writes times from `second` on; the second after the last. */
  stamp(second: number): number {
    let at = second
    for (let i = 0; i < this.#offsets.length; i++) {
      if (i > 0 && i % this.#series === 0) at++
      this.bytes.write(String(at), this.#offsets[i] as number, 'latin1')
    }
    return at + 1
  }
}

/** Runs the load in this process. */
export async function runLoad(load: Load): Promise<LoadResult> {
  const start = performance.now()
  const from = start + load.warmSeconds * 1000
  const until = from + load.seconds * 1000
  const took: number[] = []
  let second = Math.floor(Date.now() / 1000) - 14 * daySeconds
  let refused = 0
  let cpu = process.cpuUsage()
  setTimeout(() => {
    cpu = process.cpuUsage()
  }, load.warmSeconds * 1000)

  const one = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const body = new Body(load)
      const { port, path, authorization } = load
      const head = `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: ${authorization}\r\nContent-Length: ${body.bytes.length}\r\n\r\n`
      const socket = connect(port, '127.0.0.1').setNoDelay(true)
      let began = 0
      const send = (): void => {
        second = body.stamp(second)
        began = performance.now()
        if (body.bytes.length < 1000) socket.write(head + body.bytes.toString('latin1'))
        else {
          socket.write(head)
          socket.write(body.bytes)
        }
      }
      socket.on('connect', send)
      socket.on('error', reject)
      socket.on('close', () => resolve())
      socket.on('data', (chunk) => {
        const now = performance.now()
        if (chunk.toString('latin1', 9, 12) !== '204') {
          if (refused++ === 0) console.error(chunk.toString('latin1').slice(0, 2000))
        } else if (began >= from && now <= until) took.push(now - began)
        if (now > until) socket.end()
        else if (load.pauseMs > 0) setTimeout(send, load.pauseMs)
        else send()
      })
    })

  await Promise.all(Array.from({ length: load.connections }, one))
  const { user, system } = process.cpuUsage(cpu)
  took.sort((a, b) => a - b)
  const at = (share: number): number =>
    took[Math.min(took.length - 1, Math.floor(share * took.length))] ?? Number.NaN
  return {
    pointsPerSecond: (took.length * load.lines) / load.seconds,
    p50: at(0.5),
    p99: at(0.99),
    refused,
    clientLoad: (user + system) / 1e6 / load.seconds,
  }
}

if (import.meta.main) {
  const result = await runLoad(JSON.parse(process.argv[2] ?? '{}') as Load)
  process.send?.(result, () => process.exit(0))
}
