// All that the user has added to what is gathered: plugins in the folder and exporters that are scraped, put together.

import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Clock } from '../../common/clock.ts'
import type { PluginReport, PluginState } from '../../common/plugin-states.ts'
import type { Settings } from '../../common/settings.ts'
import { withSection } from '../../common/settings-section.ts'
import { readPluginReport, writePluginReport } from '../../store/plugin-report.ts'
import { type OptionWords, optionText } from '../gather-options.ts'
import { userOf } from '../outside/user-of.ts'
import type { Outcome } from '../runner.ts'
import { Nests } from './nests.ts'
import { goneMessage, goneOutcome, PluginHost } from './plugin-host.ts'
import type { PluginRunner } from './plugin-runner.ts'
import { Scrapes } from './scrapes.ts'

export interface GuestsOptions {
  /** The newest settings, the same object until they change. */
  settings: () => Settings
  /** Of the settings: relative folders are meant from there. */
  settingsFile: string
  /** Where the list of plugins is kept. */
  reportFile: string
  clock: Clock
  stepMs: number
  /** Categories that are taken; those of plugins are added. */
  categories: Set<string>
  note: (outcomes: readonly Outcome[]) => void
  /** Of the built-in gathers, to stand in the same list; the same array until something of it changes. */
  builtIns: () => readonly PluginState[]
  isWatched: () => boolean
  /** Changes the text of the settings file; left out where it is not to be written. */
  extendSettings?: ((edit: (text: string) => string) => void) | undefined
  log: (line: string) => void
}

const reportEveryMs = { watched: 5000, unwatched: 600_000 }
/** Making the list costs as much as some gathers do. */
const lookEveryMs = 1900
const mostGone = 1000

export class Guests {
  readonly #options: GuestsOptions
  readonly #folder: string
  readonly #owners = new Map<string, string>()
  readonly #plugins: PluginHost
  readonly #scrapes: Scrapes
  readonly #before: PluginReport | null
  #gone: Set<string>
  #reported = ''
  #builtIns: { states: readonly PluginState[] | undefined; text: string } = { states: undefined, text: '' }
  #reportedAt = Number.NEGATIVE_INFINITY
  #lookedAt = Number.NEGATIVE_INFINITY

  constructor(options: GuestsOptions) {
    const { settings, settingsFile, reportFile, clock, stepMs, note, log } = options
    const { PluginDirectory, PluginMemory, PluginSeries: mostSeries, PluginUser } = settings().Generator
    this.#options = options
    this.#folder = resolve(dirname(settingsFile), PluginDirectory)
    this.#before = readPluginReport(reportFile)
    this.#gone = new Set(this.#before?.gone)
    const claim = (category: string, owner: string): boolean => this.#claim(category, owner)
    this.#plugins = new PluginHost({
      ...{ folder: this.#folder, clock, stepMs, mostSeries, claim, note, log },
      nests: new Nests({ mostMemory: PluginMemory, log }),
      settings: () => ({ ...settings(), disabled: settings().Generator.DisabledGathers }),
      user: PluginUser === '' ? undefined : userOf(PluginUser),
      stateFolder: join(dirname(reportFile), 'plugin-state'),
      noteOptions: (stem, declared) => noteOptions(options, stem, declared),
      release: (owner) => this.#release(owner),
    })
    this.#scrapes = new Scrapes({ clock, stepMs, mostSeries, claim })
  }

  /** Categories of plugins, past or present, that an earlier run has left a word on. */
  known(): string[] {
    const { plugins = [] } = this.#before ?? {}
    const own = plugins.filter(({ kind }) => kind !== 'built-in')
    return [
      ...own.flatMap(({ name, categories }) => [...categories, name.replaceAll('-', ' ')]),
      ...this.#gone,
    ]
  }

  start(): void {
    this.#noteGone()
    this.#plugins.start()
  }

  /** What is to be read in this round. */
  runners(): PluginRunner[] {
    const { settings } = this.#options
    this.#scrapes.look(settings(), settings().Generator.DisabledGathers)
    return [...this.#plugins.runners(), ...this.#scrapes.runners()]
  }

  /** Tells the list when something has changed, and what all costs now and then. */
  report(): void {
    const { builtIns, clock, isWatched, reportFile } = this.#options
    if (clock.monotonic() - this.#lookedAt < lookEveryMs) return
    this.#lookedAt = clock.monotonic()
    const own = [...this.#plugins.states(), ...this.#scrapes.states()]
    const others = builtIns()
    if (others !== this.#builtIns.states) this.#builtIns = { states: others, text: withoutTimes(others) }
    const gone = [...this.#gone].slice(-mostGone)
    const text = `${withoutTimes(own)}${this.#builtIns.text}${JSON.stringify(gone)}`
    const dueMs = isWatched() ? reportEveryMs.watched : reportEveryMs.unwatched
    if (text === this.#reported && clock.monotonic() - this.#reportedAt < dueMs) return
    this.#reported = text
    this.#reportedAt = clock.monotonic()
    const plugins = [...own, ...others]
    writePluginReport(reportFile, { at: clock.now(), folder: this.#folder, plugins, gone })
  }

  close(): Promise<void> {
    return this.#plugins.close()
  }

  /** Files that went while nobody looked. */
  #noteGone(): void {
    const { note, clock } = this.#options
    for (const { kind, file, categories } of this.#before?.plugins ?? []) {
      if ((kind !== 'module' && kind !== 'program') || existsSync(file)) continue
      const message = goneMessage(file.slice(dirname(file).length + 1))
      note(categories.map((name) => goneOutcome(name, message, clock.now())))
      for (const name of categories) this.#gone.add(name)
    }
  }

  #claim(category: string, owner: string): boolean {
    const known = this.#owners.get(category)
    if (known === owner) return true
    if (known !== undefined || this.#options.categories.has(category)) return false
    this.#owners.set(category, owner)
    this.#options.categories.add(category)
    this.#gone.delete(category)
    return true
  }

  #release(owner: string): void {
    for (const [category, of] of this.#owners) {
      if (of !== owner) continue
      this.#owners.delete(category)
      this.#options.categories.delete(category)
      this.#gone.add(category)
    }
  }
}

/** What is told when it changes: not how long each took. */
const withoutTimes = (states: readonly PluginState[]): string =>
  JSON.stringify(states.map(({ tookMs: _, ...rest }) => rest))

function noteOptions(
  { extendSettings }: GuestsOptions,
  name: string,
  declared: Readonly<Record<string, OptionWords>>,
): void {
  const lines = Object.entries(declared).map(([option, { default: value, help }]) => ({
    ...{ name: option, value: optionText(value), help },
  }))
  extendSettings?.((text) => withSection(text, { section: 'Plugin', name, options: lines }))
}
