// One poller for all phones: while anybody listens it asks the store every 100 ms whether something was committed,
// by whichever process, and hands it to the feeds. While nobody listens nothing runs.

import type { Store } from '../../store/types.ts'
import { projectsBeside } from '../api/shown-together.ts'
import type { Parts } from '../services.ts'
import { catalogueSignature } from './catalogue-signature.ts'
import type { LiveFeed, Stored } from './live-feed.ts'

/** One open connection. */
export interface Listener {
  readonly feed: LiveFeed
  /** Sends text, or ends the connection when its client does not keep up. */
  send(text: string): void
  /** False once its device was revoked. */
  isAllowed(): boolean
  end(): void
}

export interface HubTiming {
  pollMs: number
  /** Between two signs of life on an idle connection. */
  heartbeatMs: number
  /** Between two looks at whether listeners are still allowed and points can be stored. */
  checkMs: number
}

const usual: HubTiming = { pollMs: 100, heartbeatMs: 15_000, checkMs: 500 }
const mostListeners = 200

export class Hub {
  readonly #services: Parts
  readonly #timing: HubTiming
  readonly #listeners = new Set<Listener>()
  #timers: NodeJS.Timeout[] = []
  /** The store's version at the last look; null makes the next look thorough. */
  #version: number | null = null
  #failing = false
  /** The state of storage at the last thorough look. */
  #storage = ''

  constructor(services: Parts, timing: Partial<HubTiming> = {}) {
    this.#services = services
    this.#timing = { ...usual, ...timing }
  }

  get isFull(): boolean {
    return this.#listeners.size >= mostListeners
  }

  /** Listens until `remove`, or until the hub ends the listener. */
  add(listener: Listener): void {
    this.#listeners.add(listener)
    this.#version = null
    this.#services.audience.stay()
    if (this.#timers.length === 0) this.#start()
  }

  remove(listener: Listener): void {
    if (!this.#listeners.delete(listener) || this.#listeners.size > 0) return
    this.#stop()
    this.#services.audience.leave()
  }

  /** Ends all connections. */
  close(): void {
    for (const listener of [...this.#listeners]) this.#end(listener)
  }

  #start(): void {
    const { pollMs, heartbeatMs, checkMs } = this.#timing
    this.#timers = [
      setInterval(() => this.#guarded(() => this.#poll()), pollMs),
      setInterval(() => this.#heartbeat(), heartbeatMs),
      setInterval(() => this.#guarded(() => this.#check()), checkMs),
    ]
  }

  #stop(): void {
    for (const timer of this.#timers) clearInterval(timer)
    this.#timers = []
  }

  /** A database that cannot be read now is asked again; that is said once. */
  #guarded(work: () => void): void {
    try {
      work()
      this.#failing = false
    } catch (error) {
      if (!this.#failing) this.#services.log(`server: the live stream waits: ${String(error)}`)
      this.#failing = true
      this.#version = null
    }
  }

  #poll(): void {
    const { store, clock, storage } = this.#services
    const version = store.version()
    if (version === this.#version) return
    this.#storage = JSON.stringify(storage.get())
    const read = readOnce(this.#services)
    let behind = false
    for (const listener of [...this.#listeners]) {
      const { position } = listener.feed
      const stored = read(listener.feed)
      behind ||= stored.position !== position
      const text = listener.feed.take(stored, clock.now())
      if (text !== '') listener.send(text)
    }
    // Whoever was far behind got a part only: look again even if nothing more is committed.
    this.#version = behind ? null : version
  }

  #heartbeat(): void {
    const now = this.#services.clock.now()
    for (const listener of [...this.#listeners]) listener.send(listener.feed.heartbeat(now))
  }

  #check(): void {
    const { storage, audience } = this.#services
    audience.stay()
    if (JSON.stringify(storage.get()) !== this.#storage) this.#version = null
    for (const listener of [...this.#listeners]) if (!listener.isAllowed()) this.#end(listener)
  }

  #end(listener: Listener): void {
    this.remove(listener)
    listener.end()
  }
}

type Shown = Required<Pick<Stored, 'signature' | 'beside'>>

/** Reads each position and each catalogue once, however many listen. */
function readOnce(parts: Parts): (feed: Pick<LiveFeed, 'position' | 'project' | 'withCustom'>) => Stored {
  const batches = new Map<number, ReturnType<Store['since']>>()
  const shown = new Map<string, Shown>()
  return ({ position, project, withCustom }) => {
    const batch = batches.get(position) ?? parts.store.since(position)
    batches.set(position, batch)
    // After the points: a catalogue that is read first might not know their series yet.
    const catalogue = shown.get(`${withCustom} ${project}`) ?? shownOf(project, withCustom, parts)
    shown.set(`${withCustom} ${project}`, catalogue)
    return { ...batch, ...catalogue }
  }
}

function shownOf(project: string, withCustom: boolean, parts: Parts): Shown {
  const beside = projectsBeside(parts, project, withCustom).map(({ key }) => key)
  return { beside: new Set(beside), signature: catalogueSignature([project, ...beside], parts) }
}
