// Which plugin lives in which nest. All share one as long as nothing happens. When a nest gets into trouble, whoever is
// known to be guilty is left alone with it, and all others move to a new nest, where what they were asked is asked
// again at once: they miss no round. Where nobody knows who it was, the suspects are split until one is found alone.

import type { Measured } from './measured.ts'
import { type Loaded, Nest, NestGone, PluginFailure, type Trouble } from './nest.ts'
import type { LoadRequest } from './nest-protocol.ts'

export type PluginFile = Omit<LoadRequest, 'do'>

export interface NestsOptions {
  /** Bytes that a nest may take. */
  mostMemory: number
  log: (line: string) => void
}

interface Member {
  readonly file: PluginFile
  nest: Nest | undefined
  ready: Promise<Loaded>
  /** How often it was the guilty one. */
  strikes: number
  /** Monotonic ms before which it is not tried again. */
  retryAt: number
  /** Since when (monotonic ms) nothing happened in its nest. */
  calmSince: number
  /** It blocks its nest for a while, each time. */
  isAlone: boolean
  message: string
  fault: string | undefined
}

/** Who blocks its nest for longer (ms) is ended. */
const longestBlockMs = 2000
const firstPauseMs = 2000
const longestPauseMs = 300_000
/** A strike is forgotten after so long without another. */
const forgiveAfterMs = 3_600_000
/** Plugins move together again after so long without trouble. */
const calmMs = 20_000
const upkeepEveryMs = 5000
/** Newcomers within this time share a nest. */
const togetherMs = 100
/** So long after its last load a nest that had to strip types is replaced by one that had not. */
const rehearsalMs = 1000
const mostTries = 5

export class Nests {
  readonly #options: NestsOptions
  readonly #members = new Map<string, Member>()
  readonly #nests = new Map<Nest, { hasStripped: boolean; isSecond: boolean; renewal?: NodeJS.Timeout }>()
  readonly #upkeep: NodeJS.Timeout
  #newcomers: Nest | undefined
  #isClosed = false

  constructor(options: NestsOptions) {
    this.#options = options
    this.#upkeep = setInterval(() => this.#tidy(), upkeepEveryMs).unref()
  }

  /** Process ids of all nests. */
  pids(): number[] {
    return [...this.#nests.keys()].flatMap(({ pid }) => pid ?? [])
  }

  /** Loads a plugin in a nest. Rejects with a PluginFailure when it cannot be; then it is not there. */
  async add(file: PluginFile): Promise<Loaded> {
    const now = performance.now()
    const nobody = Promise.reject(new NestGone())
    nobody.catch(() => {})
    const member: Member = {
      ...{ file, nest: undefined, ready: nobody, strikes: 0, retryAt: 0, calmSince: now },
      ...{ isAlone: false, message: '', fault: undefined },
    }
    this.#members.set(file.plugin, member)
    this.#place([member], this.#nestOfNewcomers())
    try {
      return await this.#loaded(member)
    } catch (error) {
      if (this.#members.get(file.plugin) === member) await this.remove(file.plugin)
      throw error
    }
  }

  /** One reading. Rejects with a PluginFailure. */
  async read(plugin: string): Promise<Measured> {
    const member = this.#members.get(plugin)
    if (!member) throw new PluginFailure('it is not loaded')
    for (let tries = 0; tries < mostTries && !this.#isClosed; tries++) {
      try {
        await this.#loaded(member)
        const measured = await (member.nest?.read(plugin) ?? Promise.reject(new NestGone()))
        const { fault = null } = member
        member.fault = undefined
        return { ...measured, failure: measured.failure ?? fault }
      } catch (error) {
        if (!(error instanceof NestGone)) throw error
      }
    }
    throw new PluginFailure(member.message || 'its process ended again and again')
  }

  async remove(plugin: string): Promise<void> {
    const member = this.#members.get(plugin)
    this.#members.delete(plugin)
    const nest = member?.nest
    if (!member || !nest) return
    member.nest = undefined
    nest.abandon(plugin)
    if (this.#in(nest).length === 0) await this.#drop(nest)
    else await nest.unload(plugin)
  }

  async close(): Promise<void> {
    this.#isClosed = true
    clearInterval(this.#upkeep)
    await Promise.all([...this.#nests.keys()].map((nest) => nest.close()))
  }

  /** Waits until it is loaded somewhere; one that was struck is tried again by itself when its time has come. */
  async #loaded(member: Member): Promise<Loaded> {
    for (let tries = 0; tries < mostTries && !this.#isClosed; tries++) {
      if (member.nest === undefined) {
        if (performance.now() < member.retryAt) throw new PluginFailure(member.message)
        this.#place([member])
      }
      try {
        return await member.ready
      } catch (error) {
        if (!(error instanceof NestGone)) throw error
      }
    }
    throw new PluginFailure(member.message || 'its process ended again and again')
  }

  #place(members: readonly Member[], nest: Nest = this.#newNest()): void {
    for (const member of members) {
      member.nest = nest
      member.calmSince = performance.now()
      member.ready = this.#load(nest, member)
    }
  }

  #load(nest: Nest, member: Member, after: Promise<void> = Promise.resolve()): Promise<Loaded> {
    const ready = after.then(() => nest.load(member.file))
    ready.then(
      ({ hasStripped }) => {
        const about = this.#nests.get(nest)
        if (!about) return
        about.hasStripped ||= hasStripped
        clearTimeout(about.renewal)
        if (about.hasStripped && !about.isSecond) {
          about.renewal = setTimeout(() => this.#renew(nest), rehearsalMs).unref()
        }
      },
      () => {},
    )
    return ready
  }

  #newNest(isSecond = false): Nest {
    const nest = new Nest({
      mostMemory: this.#options.mostMemory,
      onTrouble: (troubled, trouble) => this.#trouble(troubled, trouble),
      onFault: (_nest, plugin, message) => this.#fault(plugin, message),
    })
    this.#nests.set(nest, { hasStripped: false, isSecond })
    return nest
  }

  #nestOfNewcomers(): Nest {
    if (this.#newcomers && !this.#newcomers.isOver) return this.#newcomers
    const nest = this.#newNest()
    this.#newcomers = nest
    setTimeout(() => {
      if (this.#newcomers === nest) this.#newcomers = undefined
    }, togetherMs).unref()
    return nest
  }

  #in(nest: Nest): Member[] {
    return [...this.#members.values()].filter((member) => member.nest === nest)
  }

  #fault(plugin: string, message: string): void {
    const member = this.#members.get(plugin)
    if (member) member.fault = message
    else this.#options.log(`generator: a plugin fails, and nobody knows which: ${message}`)
  }

  #trouble(nest: Nest, { kind, message, culprit, pending }: Trouble): void {
    const members = this.#in(nest)
    const guilty = members.find(({ file }) => file.plugin === culprit) ?? only(members)
    if (guilty) {
      this.#evacuate(
        nest,
        members.filter((member) => member !== guilty),
      )
      if (kind === 'silent') this.#waitFor(nest, guilty)
      else this.#strike(guilty, nest, message)
      return
    }
    const asked = members.filter(({ file }) => pending.includes(file.plugin))
    const suspects = asked.length > 0 && kind !== 'memory' ? asked : members
    this.#evacuate(
      nest,
      members.filter((member) => !suspects.includes(member)),
    )
    if (suspects.length > 0) this.#evacuate(nest, suspects.slice(0, Math.ceil(suspects.length / 2)))
    if (suspects.length > 1) this.#evacuate(nest, suspects.slice(Math.ceil(suspects.length / 2)))
    this.#nests.delete(nest)
    nest.kill()
  }

  /** Moves plugins out of a nest that is not to be asked any more. */
  #evacuate(nest: Nest, members: readonly Member[]): void {
    if (members.length === 0) return
    this.#place(members, this.#newNest(this.#nests.get(nest)?.isSecond))
    for (const { file } of members) nest.abandon(file.plugin)
  }

  /** A plugin that blocks has some more time, alone with its nest. */
  #waitFor(nest: Nest, guilty: Member): void {
    setTimeout(() => {
      if (guilty.nest !== nest) return
      if (nest.isSilent) {
        this.#strike(
          guilty,
          nest,
          `blocks: has not come back within ${longestBlockMs / 1000} s (a loop without end?)`,
        )
      } else guilty.isAlone = true
    }, longestBlockMs).unref()
  }

  #strike(member: Member, nest: Nest, message: string): void {
    const now = performance.now()
    if (now - member.calmSince > forgiveAfterMs) member.strikes = 0
    const pauseMs = Math.min(firstPauseMs * 2 ** member.strikes, longestPauseMs)
    member.strikes++
    member.message = message
    member.retryAt = now + pauseMs
    member.nest = undefined
    this.#nests.delete(nest)
    nest.kill()
  }

  /** Types were stripped once, which stays in memory (about 30 MB): a new nest finds them stripped. */
  #renew(nest: Nest): void {
    if (!this.#nests.has(nest) || nest.isOver || nest.isSilent || this.#in(nest).length === 0) return
    this.#move(nest, this.#newNest(true))
  }

  /** Moves all plugins of a nest in good order: what they hold open is closed before it is opened again. */
  #move(from: Nest, to: Nest): void {
    const members = this.#in(from)
    for (const member of members) {
      member.nest = to
      member.ready = this.#load(to, member, from.unload(member.file.plugin))
      from.abandon(member.file.plugin)
    }
    void Promise.allSettled(members.map(({ ready }) => ready)).then(() => this.#drop(from))
  }

  async #drop(nest: Nest): Promise<void> {
    this.#nests.delete(nest)
    await nest.close()
  }

  /** One nest after the other moves into the largest, when all in it were calm for a while. */
  #tidy(): void {
    const now = performance.now()
    const calm = [...this.#nests.keys()].filter((nest) => {
      const members = this.#in(nest)
      const isCalm = ({ isAlone, calmSince, strikes }: Member): boolean =>
        !isAlone && now - calmSince > calmMs * 4 ** Math.min(strikes, 5)
      return members.length > 0 && !nest.isSilent && members.every(isCalm)
    })
    const [largest, next] = calm.sort((a, b) => this.#in(b).length - this.#in(a).length)
    if (largest && next) this.#move(next, largest)
  }
}

const only = <T>(list: readonly T[]): T | undefined => (list.length === 1 ? list[0] : undefined)
