// The live stream: keeps one connection open while somebody looks, goes on where it stopped after a lost one, and
// says whether the server is there. A phone's sleep and a change of network leave connections that look alive: what
// has been silent for longer than two heartbeats is closed and opened anew.

import type { LiveUnpacker } from '../../common/packed-live.ts'
import type { Hello, Late, LivePoints } from '../../common/wire.ts'
import { isStranger, shownWith } from './api.ts'
import { readEvents, type ServerEvent } from './sse.ts'

export interface LiveHandlers {
  hello(hello: Hello): void
  points(points: LivePoints): void
  /** Categories, series or states changed. */
  catalogue(): void
  /** Older points landed in a time that is past. */
  late(span: Late): void
  /** The server cannot be reached, or went away. */
  lost(): void
  /** Something else answers in the server's place. */
  gated(): void
  /** This device is not paired (any more). */
  refused(): void
  /** The project is not there (any more). */
  gone(): void
}

/** The server sends a heartbeat every 15 s. */
const silenceMs = 35_000
/** A stream that brought something every second is dead sooner (ms). */
const leastSilenceMs = 6000
/** A connection has begun after this long (ms), or another is tried. */
const openMs = 6000
const firstPauseMs = 300
/** Somebody looks, and a server that is back is to be seen at once. */
const longestPauseMs = 1500
/** A stream that lasted this long was a good one: its end is no reason to wait before the next. */
const goodMs = 5_000

/** `refused`: not paired; `gone`: there is no such project (any more); `gated`: a stranger answered. */
type Outcome = 'refused' | 'gone' | 'gated' | 'failed' | 'ended'

export class Live {
  readonly #handlers: LiveHandlers
  #run: AbortController | null = null
  #lastId = ''
  #unpacking: typeof import('../../common/packed-live.ts') | null = null
  #wake: () => void = () => {}
  #close: () => void = () => {}

  constructor(handlers: LiveHandlers) {
    this.#handlers = handlers
  }

  get open(): boolean {
    return this.#run !== null
  }

  /** Opens the stream of a project, if none is open. */
  start(project: string): void {
    if (this.#run) return
    const run = new AbortController()
    this.#run = run
    void this.#keepOpen(project, run.signal)
  }

  /** Closes the stream; a later start goes on from here. */
  stop(): void {
    this.#run?.abort()
    this.#run = null
  }

  /** Closes the stream and forgets where it stopped: the next one is another project's. */
  forget(): void {
    this.stop()
    this.#lastId = ''
  }

  /** Tries at once when it waits to try again. */
  retry(): void {
    this.#wake()
  }

  /** Opens the stream anew where there is one: it may be dead without anybody having said so. */
  revive(): void {
    this.#close()
    this.#wake()
  }

  async #keepOpen(project: string, signal: AbortSignal): Promise<void> {
    let pause = firstPauseMs
    while (!signal.aborted) {
      const began = performance.now()
      const outcome = await this.#connect(project, signal)
      if (signal.aborted) return
      if (outcome === 'refused' || outcome === 'gone') {
        this.forget()
        return this.#handlers[outcome]()
      }
      const wasGood = outcome === 'ended' && performance.now() - began > goodMs
      if (wasGood) pause = firstPauseMs
      if (outcome === 'failed') this.#handlers.lost()
      if (outcome === 'gated') this.#handlers.gated()
      if (!wasGood) await this.#sleep(pause, signal)
      pause = Math.min(pause * 2, longestPauseMs)
    }
  }

  /** One connection, from its opening to its end. */
  async #connect(project: string, outer: AbortSignal): Promise<Outcome> {
    const connection = new AbortController()
    const close = (): void => connection.abort()
    this.#close = close
    outer.addEventListener('abort', close, { once: true })
    let timer = setTimeout(close, openMs)
    // The longest that it was lately silent (ms): so much is nothing to wonder about.
    let usualMs = silenceMs
    let heardAt = performance.now()
    const heard = (): void => {
      clearTimeout(timer)
      const now = performance.now()
      usualMs = Math.max(usualMs * 0.8, now - heardAt)
      heardAt = now
      timer = setTimeout(close, Math.min(silenceMs, leastSilenceMs + 2 * usualMs))
    }
    try {
      // Not needed before the first paint. Without it points come as they are.
      this.#unpacking ??= await import('../../common/packed-live.ts').catch(() => null)
      const response = await this.#ask(project, connection.signal)
      const outcome = outcomeOf(response)
      if (outcome === null && response.body) return await this.#listen(response.body, heard, outer)
      return outcome ?? 'failed'
    } catch {
      return 'failed'
    } finally {
      clearTimeout(timer)
      close()
      outer.removeEventListener('abort', close)
    }
  }

  #ask(project: string, signal: AbortSignal): Promise<Response> {
    const headers = { accept: 'text/event-stream', ...(this.#lastId && { 'last-event-id': this.#lastId }) }
    const packed = this.#unpacking ? '&packed=yes' : ''
    return fetch(`/api/v1/stream?${shownWith(project)}${packed}`, {
      headers,
      cache: 'no-store',
      redirect: 'manual',
      signal,
    })
  }

  async #listen(body: ReadableStream<Uint8Array>, heard: () => void, outer: AbortSignal): Promise<Outcome> {
    let unpacker: LiveUnpacker | undefined
    let greeted = false
    const onEvent = (event: ServerEvent): void => {
      if (outer.aborted) return
      greeted ||= event.name === 'hello'
      if (event.name === 'message' && this.#unpacking) {
        unpacker ??= new this.#unpacking.LiveUnpacker(Number(this.#lastId.split('.')[1]))
        this.#unpack(event.data, unpacker)
      } else this.#take(event)
    }
    const onId = (id: string): void => {
      if (!outer.aborted) this.#lastId = id
    }
    try {
      await readEvents(body, { onPiece: heard, onEvent, onId })
    } catch {
      // A lost connection and our own closing end in the same way.
    }
    return greeted ? 'ended' : 'failed'
  }

  /** A line brings points and where to go on after them; the id's other parts stay what they were. */
  #unpack(line: string, unpacker: LiveUnpacker): void {
    const { position, sentAt, points } = unpacker.unpack(line)
    const [database, , newest, , signature] = this.#lastId.split('.')
    const times = points.map(({ time }) => time)
    this.#take({ name: 'points', data: points })
    this.#lastId = [database, position, Math.max(Number(newest), ...times), sentAt, signature].join('.')
  }

  #take({ name, data }: { name: string; data: string | LivePoints }): void {
    try {
      if (typeof data !== 'string') this.#handlers.points(data)
      else if (name === 'points') this.#handlers.points(JSON.parse(data) as LivePoints)
      else if (name === 'hello') this.#handlers.hello(JSON.parse(data) as Hello)
      else if (name === 'late') this.#handlers.late(JSON.parse(data) as Late)
      else if (name === 'catalogue') this.#handlers.catalogue()
    } catch (error) {
      // A mistake of ours must not look like a lost connection.
      reportError(error)
    }
  }

  /** Waits, but not longer than until the network is back. */
  #sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
      signal.addEventListener('abort', () => this.#wake(), { once: true })
    })
  }
}

/** Null: the stream is open. */
function outcomeOf(response: Response): Outcome | null {
  const { status, ok, headers } = response
  if (ok && headers.get('content-type')?.startsWith('text/event-stream')) return null
  if (isStranger(response)) return 'gated'
  return status === 401 ? 'refused' : status === 404 ? 'gone' : 'failed'
}
