// A gather while it is in use: what it opened stays open from reading to reading, and what it watches is collected
// until the next round asks for it.

import type { Answer, Gather, Readings, SeriesReading, SystemInformation } from './gather.ts'
import type { OptionValue } from './gather-options.ts'
import type { Machine } from './machine.ts'
import { type Sleep, sleep as sleepReally } from './sleep.ts'

export interface SessionOptions {
  gather: Gather
  machine: Machine
  /** As people set them; what is left out is as by default. */
  options?: Readonly<Record<string, OptionValue>> | undefined
  /** Present where there is no /proc: then the gather's fallback is read. */
  systemInformation?: SystemInformation | undefined
  sleep?: Sleep | undefined
}

/** A watch that ended is begun again after so long (ms), each time twice as long. */
const shortestPauseMs = 1000
const longestPauseMs = 60_000

export class Session {
  readonly #given: SessionOptions
  readonly #closing = new AbortController()
  #opening: Promise<void> | undefined
  #held: unknown
  #isOpen = false
  #watching: Promise<void> | undefined
  #news: Record<string, SeriesReading> = {}
  #failure: unknown

  constructor(given: SessionOptions) {
    this.#given = given
    this.#isOpen = given.gather.setup === undefined
  }

  /** One reading. Throws and rejects what the gather does. */
  read(): Answer {
    const { gather, machine, options, systemInformation } = this.#given
    if (gather.watch) return this.#readWatched()
    if (systemInformation) return gather.fallback?.(systemInformation, machine, options) ?? null
    return this.#isOpen ? gather.read(machine, options, this.#held) : this.#openAndRead()
  }

  /** Closes what the gather opened, and ends its watch. */
  async close(): Promise<void> {
    this.#closing.abort()
    await this.#opening?.catch(() => {})
    if (this.#held !== undefined) await this.#given.gather.teardown?.(this.#held)
  }

  async #openAndRead(): Promise<Readings | null> {
    const { gather, machine, options } = this.#given
    this.#opening ??= this.#open()
    await this.#opening.catch((error) => {
      this.#opening = undefined
      throw error
    })
    return gather.read(machine, options, this.#held)
  }

  async #open(): Promise<void> {
    const { gather, machine, options } = this.#given
    this.#held = await gather.setup?.(machine, options)
    this.#isOpen = true
  }

  /** The newest of each series since the last time, of counters the newest at all; or throws why the watch ended. */
  #readWatched(): Readings {
    this.#watching ??= this.#watch()
    const news = { ...this.#news }
    // A counter that says nothing has counted nothing; a gauge without news has no value.
    if (this.#given.gather.kind === 'gauge' || this.#failure !== undefined) this.#news = {}
    if (this.#failure !== undefined && Object.keys(news).length === 0) throw this.#failure
    return news
  }

  async #watch(): Promise<void> {
    const { gather, machine, options, sleep = sleepReally } = this.#given
    const { signal } = this.#closing
    for (let pauseMs = shortestPauseMs; !signal.aborted; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      try {
        for await (const readings of gather.watch?.(machine, options, signal) ?? []) {
          if (signal.aborted) return
          Object.assign(this.#news, readings)
          this.#failure = undefined
          pauseMs = shortestPauseMs
        }
        this.#failure = new Error('what it watches has ended; it is begun again')
      } catch (error) {
        this.#failure = error ?? new Error(`it threw ${error}`)
      }
      await sleep(pauseMs, signal)
    }
  }
}
