// Keeps what runs in step with the user's folder: a file that is saved there is loaded, a changed one is loaded anew
// while the old version goes on until the new one is good, and a deleted one leaves its card with a word.

import type { Clock } from '../../common/clock.ts'
import type { PluginState } from '../../common/plugin-states.ts'
import { type NamedSettings, nameInSettings } from '../../common/settings-named.ts'
import type { OptionWords } from '../gather-options.ts'
import type { Outcome } from '../runner.ts'
import type { Nests } from './nests.ts'
import { type Opened, openModule } from './open-plugin.ts'
import { openProgram } from './open-program.ts'
import { FolderWatch, listPlugins, type PluginEntry } from './plugin-folder.ts'
import { PluginRunner } from './plugin-runner.ts'
import { pluginState } from './plugin-state.ts'

export interface PluginHostOptions {
  /** Absolute path; need not be there. */
  folder: string
  nests: Nests
  clock: Clock
  stepMs: number
  mostSeries: number
  /** The newest settings: sections [Plugin NAME], and what is switched off, by file name. */
  settings: () => NamedSettings & { readonly disabled: readonly string[] }
  /** User and group that programs run as. */
  user: { uid: number; gid: number } | undefined
  /** Folder in which programs may keep what they remember. */
  stateFolder: string
  /** Whether a category may be a plugin's; the owner's name is kept. */
  claim: (category: string, owner: string) => boolean
  release: (owner: string) => void
  /** Says something on a plugin's cards outside of rounds. */
  note: (outcomes: readonly Outcome[]) => void
  /** A plugin has options that people may want to find in the settings file. */
  noteOptions: (stem: string, options: Readonly<Record<string, OptionWords>>) => void
  log: (line: string) => void
}

interface Hosted {
  entry: PluginEntry
  /** Of the file and of what is set for it. */
  version: string
  isOff: boolean
  isStarting: boolean
  runner: PluginRunner | undefined
  opened: Opened | undefined
  message: string | null
  tries: number
  retryAt: number
}

const firstRetryMs = 5000
const longestRetryMs = 300_000

/** What a card says when its plugin's file is gone. */
export const goneMessage = (file: string): string =>
  `its file ${file} is gone: nothing new comes, and what there is goes with its age`

export class PluginHost {
  readonly #options: PluginHostOptions
  readonly #hosted = new Map<string, Hosted>()
  #watch: FolderWatch | undefined
  #isClosed = false

  constructor(options: PluginHostOptions) {
    this.#options = options
  }

  /** Looks into the folder now and from now on. */
  start(): void {
    this.#watch = new FolderWatch(this.#options.folder, () => this.look())
    this.look()
  }

  /** What is to be read each round. */
  runners(): PluginRunner[] {
    return [...this.#hosted.values()].flatMap(({ runner }) => runner ?? [])
  }

  /** Of every file in the folder. */
  states(): PluginState[] {
    return [...this.#hosted.values()].map(stateOf)
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.#watch?.close()
    await Promise.allSettled(this.runners().map((runner) => runner.close()))
    await this.#options.nests.close()
  }

  /** Brings what runs in step with the folder and the settings. */
  look(): void {
    if (this.#isClosed) return
    const { folder, settings } = this.#options
    const { disabled, Plugin } = settings()
    const off = disabled.map(nameInSettings)
    const entries = listPlugins(folder)
    const files = new Set(entries.map(({ file }) => file))
    for (const [file, hosted] of this.#hosted) if (!files.has(file)) this.#gone(file, hosted)
    for (const entry of entries) {
      const name = nameInSettings(entry.stem)
      const version = `${entry.version} ${JSON.stringify(Plugin[name] ?? {})} ${entry.mistake ?? ''}`
      this.#keep(entry, version, off.includes(name))
    }
  }

  #keep(entry: PluginEntry, version: string, isOff: boolean): void {
    const known = this.#hosted.get(entry.file)
    const isRetry =
      known?.message !== null && known?.runner === undefined && this.#now() >= (known?.retryAt ?? 0)
    if (known && known.version === version && known.isOff === isOff && !isRetry) return
    const tries = known?.version === version ? known.tries : 0
    const hosted: Hosted = {
      ...{ entry, version, isOff, tries, runner: known?.runner, opened: known?.opened },
      ...{ isStarting: !isOff, message: null, retryAt: 0 },
    }
    this.#hosted.set(entry.file, hosted)
    if (isOff) void this.#stop(hosted)
    else void this.#load(hosted)
  }

  async #load(hosted: Hosted): Promise<void> {
    const { entry } = hosted
    const isCurrent = (): boolean => this.#hosted.get(entry.file) === hosted && !this.#isClosed
    try {
      if (entry.mistake !== null) throw new Error(entry.mistake)
      const open = entry.kind === 'module' ? openModule : openProgram
      const opened = await open(entry, hosted.version, this.#options)
      if (!isCurrent()) return void opened.source.close()
      this.#begin(hosted, opened)
    } catch (error) {
      if (isCurrent()) this.#broken(hosted, error instanceof Error ? error.message : String(error))
    }
  }

  #begin(hosted: Hosted, opened: Opened): void {
    const { clock, stepMs, mostSeries, claim } = this.#options
    const before = hosted.runner
    void before?.close()
    const { name, words, source, backsOff, options = {} } = opened
    if (Object.keys(options).length > 0) this.#options.noteOptions(hosted.entry.stem, options)
    const owner = hosted.entry.file
    const runner = new PluginRunner({
      ...{ name, words, source, stepMs, clock, mostSeries, backsOff },
      claim: (category) => claim(category, owner),
    })
    runner.standing = opened.mistake
    // Cards that only the version before had.
    const outdated = before?.say(null, clock.now()).filter(({ category }) => category.name !== name) ?? []
    this.#options.note(outdated)
    Object.assign(hosted, { runner, opened, isStarting: false, message: opened.mistake, tries: 0 })
  }

  /** The version before goes on, if there is one. */
  #broken(hosted: Hosted, message: string): void {
    const pauseMs = Math.min(firstRetryMs * 2 ** hosted.tries, longestRetryMs)
    const { clock } = this.#options
    Object.assign(hosted, {
      isStarting: false,
      message,
      tries: hosted.tries + 1,
      retryAt: this.#now() + pauseMs,
    })
    if (hosted.runner) {
      hosted.runner.standing = `${message}; the version before goes on`
      this.#options.note(hosted.runner.say(hosted.runner.standing, clock.now()))
    } else this.#options.note([goneOutcome(nameOf(hosted.entry), message, clock.now())])
  }

  #gone(file: string, hosted: Hosted): void {
    this.#hosted.delete(file)
    const { note, release, folder, clock } = this.#options
    const message = goneMessage(file.slice(folder.length + 1))
    const wasShown = hosted.runner !== undefined
    const cards = hosted.runner?.categories ?? []
    note(
      wasShown
        ? cards.map((name) => goneOutcome(name, message, clock.now()))
        : [goneOutcome(nameOf(hosted.entry), null, clock.now())],
    )
    release(file)
    void this.#stop(hosted)
  }

  async #stop(hosted: Hosted): Promise<void> {
    const { runner } = hosted
    hosted.runner = undefined
    hosted.opened = undefined
    if (hosted.isOff && runner) this.#options.note(runner.say(null, this.#options.clock.now()))
    await runner?.close()
  }

  #now = (): number => this.#options.clock.monotonic()
}

/** The category that a plugin without a title has. */
export const nameOf = ({ stem }: PluginEntry): string => stem.replaceAll('-', ' ')

/** Says `failure` on a card, which is made for it if need be. */
export function goneOutcome(name: string, failure: string | null, time: number): Outcome {
  const gather = { help: '', unit: '', graph: true, min: null, max: null, about: () => undefined }
  return { category: { name, gather, everyMs: 1000 }, time, readings: {}, values: new Map(), failure }
}

const stateOf = ({ entry, isOff, isStarting, runner, opened, message }: Hosted): PluginState =>
  pluginState({
    ...{ name: entry.stem, kind: entry.kind, file: entry.file, isOff, isStarting, runner, message },
    alerts: opened?.words.alerts ?? [],
  })
