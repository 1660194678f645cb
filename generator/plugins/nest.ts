// One nest as the generator sees it: a process that is asked for readings, watched for silence and memory, and ended
// when it is not to be trusted any more. What becomes of its plugins then is decided elsewhere (nests.ts).

import type { ChildProcess } from 'node:child_process'
import type { Measured } from './measured.ts'
import { endedBecause, processorMs, residentBytes, startNest } from './nest-process.ts'
import type { FromNest, LoadRequest, ModuleWords, ToNest } from './nest-protocol.ts'

export interface NestOptions {
  /** Bytes of resident memory; V8's own heap is held to it too. */
  mostMemory: number
  /** Told once, when the nest ends unasked, is silent for too long or takes too much memory. */
  onTrouble: (nest: Nest, trouble: Trouble) => void
  /** Something went wrong outside of any reading; '' where nobody knows by whom. */
  onFault: (nest: Nest, plugin: string, message: string) => void
}

export interface Trouble {
  kind: 'ended' | 'silent' | 'memory'
  message: string
  /** Whose code was running; undefined where that is not known. */
  culprit: string | undefined
  /** Who waited for something at that time. */
  pending: string[]
}

export interface Loaded {
  words: ModuleWords
  mistake: string | null
  hasStripped: boolean
}

/** A plugin's own failure, in words for people. */
export class PluginFailure extends Error {
  override readonly name = 'PluginFailure'
}

/** The nest is no more, or not this plugin's any more: ask the next. */
export class NestGone extends Error {
  override readonly name = 'NestGone'
}

interface Waiting<T> {
  resolve: (value: T) => void
  reject: (error: Error) => void
}

/** A nest is in trouble when nothing is heard of it for so long (ms) while it is busy, or for so long at all. */
const busyAfterMs = 250
const silentAfterMs = 700
/** Of the time until then, so much (ms) must be the nest's own: where others keep the processor it can do nothing. */
const busyMs = 120
/** A machine that has much to do takes its time to start a process. */
const startPatienceMs = 20_000
const lookEveryMs = 50
/** Who is waited for and has said nothing for so long (ms) is asked whether it still listens. */
const quietMs = 100
const closePatienceMs = 1000

export class Nest {
  readonly #options: NestOptions
  readonly #child: ChildProcess
  readonly #loads = new Map<string, Waiting<Loaded>>()
  readonly #unloads = new Map<string, () => void>()
  readonly #reads = new Map<number, { plugin: string; waiting: Waiting<Measured> }>()
  #n = 0
  /** Whose reading was begun and has not come back, and who is being loaded. */
  #inside: string | undefined
  #loading: string | undefined
  #heardAt = 0
  /** Since when (monotonic ms) it owes an answer to whether it still listens. */
  #pingedAt: number | undefined
  /** Processor time (ms) at the first look since then. */
  #usedThen: { since: number; usedMs: number } | undefined
  #watch: NodeJS.Timeout | undefined
  #isReady = false
  #isSilent = false
  #isOver = false

  constructor(given: NestOptions) {
    this.#options = given
    this.#child = startNest(given.mostMemory)
    this.#child.on('message', (message: FromNest) => this.#heard(message))
    this.#child.on('error', (error) => this.#ended(error.message))
    this.#child.on('exit', (code, signal) => this.#ended(endedBecause(code, signal)))
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  /** Whether it was silent for too long and has not been heard of since. */
  get isSilent(): boolean {
    return this.#isSilent
  }

  get isOver(): boolean {
    return this.#isOver
  }

  /** Loads a plugin. Rejects with a PluginFailure when its file is broken. */
  load(request: Omit<LoadRequest, 'do'>): Promise<Loaded> {
    return this.#ask({ do: 'load', ...request }, (waiting) => this.#loads.set(request.plugin, waiting))
  }

  /** Closes what a plugin opened and takes it out; resolves, also where the nest is gone. */
  unload(plugin: string): Promise<void> {
    if (this.#isOver) return Promise.resolve()
    return new Promise((resolve) => {
      this.#unloads.set(plugin, resolve)
      this.#send({ do: 'unload', plugin })
    })
  }

  /** One reading. Rejects with a PluginFailure, or with NestGone. */
  read(plugin: string): Promise<Measured> {
    const n = ++this.#n
    for (const [before, { plugin: asker, waiting }] of this.#reads) {
      if (asker !== plugin) continue
      this.#reads.delete(before)
      waiting.reject(new PluginFailure('was asked again before it answered'))
    }
    return this.#ask({ do: 'read', plugin, n }, (waiting) => this.#reads.set(n, { plugin, waiting }))
  }

  /** Lets go of what is asked on behalf of a plugin, which is asked elsewhere. */
  abandon(plugin: string): void {
    for (const [n, { plugin: asker, waiting }] of this.#reads) {
      if (asker !== plugin) continue
      this.#reads.delete(n)
      waiting.reject(new NestGone())
    }
    this.#loads.get(plugin)?.reject(new NestGone())
    this.#loads.delete(plugin)
  }

  /** Ends the process with all that its plugins opened closed, if they manage to within a second. */
  async close(): Promise<void> {
    if (this.#isOver) return
    const gone = new Promise<void>((resolve) => this.#child.once('exit', () => resolve()))
    this.#over()
    this.#send({ do: 'close' })
    const force = setTimeout(() => this.#child.kill('SIGKILL'), closePatienceMs)
    await gone
    clearTimeout(force)
  }

  kill(): void {
    this.#over()
    this.#child.kill('SIGKILL')
  }

  #ask<T>(message: ToNest, note: (waiting: Waiting<T>) => void): Promise<T> {
    if (this.#isOver) return Promise.reject(new NestGone())
    return new Promise((resolve, reject) => {
      note({ resolve, reject })
      if (!this.#watch) {
        this.#heardAt = performance.now()
        this.#watch = setInterval(() => this.#look(), lookEveryMs).unref()
      }
      this.#send(message)
    })
  }

  #send(message: ToNest): void {
    if (this.#child.connected) this.#child.send(message, () => {})
  }

  #heard(message: FromNest): void {
    this.#pingedAt = undefined
    this.#heardAt = performance.now()
    this.#isSilent = false
    if (message.say === 'ready') this.#isReady = true
    else if (message.say === 'loads') this.#loading = message.plugin
    else if (message.say === 'enters') this.#inside = message.plugin
    else if (message.say !== 'pong') this.#came(message)
  }

  #came(message: FromNest): void {
    if (message.say !== 'fault') this.#inside = undefined
    if (message.say === 'loaded' || message.say === 'broken') this.#loading = undefined
    if (message.say === 'loaded') this.#loads.get(message.plugin)?.resolve(message)
    else if (message.say === 'broken') {
      this.#loads.get(message.plugin)?.reject(new PluginFailure(message.message))
    } else if (message.say === 'unloaded') this.#unloads.get(message.plugin)?.()
    else if (message.say === 'fault') this.#options.onFault(this, message.plugin, message.message)
    else if (message.say === 'answers') this.#answered(message)
    else if (message.say === 'fails') {
      this.#reads.get(message.n)?.waiting.reject(new PluginFailure(message.message))
    }
    if (message.say === 'loaded' || message.say === 'broken') this.#loads.delete(message.plugin)
    if (message.say === 'answers' || message.say === 'fails') this.#reads.delete(message.n)
    if (this.#reads.size + this.#loads.size === 0) this.#rest()
  }

  #answered({ n, parts, failure, rss }: FromNest & { say: 'answers' }): void {
    this.#reads.get(n)?.waiting.resolve({ parts, failure })
    if (rss > this.#options.mostMemory) this.#tooMuchMemory()
  }

  #rest(): void {
    clearInterval(this.#watch)
    this.#watch = undefined
  }

  /** Looks after a nest that has been asked something. */
  #look(): void {
    const now = performance.now()
    if (this.#pingedAt === undefined) {
      if (now - this.#heardAt < quietMs) return
      this.#pingedAt = now
      this.#send({ do: 'ping' })
    }
    const silentMs = now - this.#pingedAt
    if (!this.#isReady) {
      if (silentMs > startPatienceMs) this.#trouble('silent', 'could not be started')
      return
    }
    const usedMs = this.#usedSince(this.#pingedAt)
    if (residentBytes(this.#child.pid) > 2 * this.#options.mostMemory) this.#tooMuchMemory()
    else if (silentMs > silentAfterMs || (silentMs > busyAfterMs && usedMs > busyMs)) {
      this.#trouble('silent', 'does not come back')
    }
  }

  /** Processor time (ms) since the first look at this silence. */
  #usedSince(since: number): number {
    const usedMs = processorMs(this.#child.pid)
    if (this.#usedThen?.since !== since) this.#usedThen = { since, usedMs }
    return usedMs - this.#usedThen.usedMs
  }

  #tooMuchMemory(): void {
    const limit = Math.round(this.#options.mostMemory / 2 ** 20)
    this.#trouble('memory', `takes more than ${limit} MiB of memory (setting PluginMemory)`)
  }

  #trouble(kind: Trouble['kind'], message: string): void {
    if (this.#isOver || (kind === 'silent' && this.#isSilent)) return
    if (kind === 'silent') this.#isSilent = true
    const culprit = this.#inside ?? this.#loading
    const pending = [...this.#reads.values()].map(({ plugin }) => plugin).concat([...this.#loads.keys()])
    this.#options.onTrouble(this, { kind, message, culprit, pending: [...new Set(pending)] })
  }

  #ended(message: string): void {
    if (this.#isOver) return
    this.#trouble('ended', message)
    this.#over()
  }

  #over(): void {
    this.#isOver = true
    this.#rest()
    const all = [...this.#loads.values(), ...[...this.#reads.values()].map(({ waiting }) => waiting)]
    this.#loads.clear()
    this.#reads.clear()
    for (const { reject } of all) reject(new NestGone())
    for (const resolve of this.#unloads.values()) resolve()
  }
}
