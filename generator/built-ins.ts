// The gathers that come with Pocketstats, of which people switch some off and on again while all runs.

import type { PluginState } from '../common/plugin-states.ts'
import type { Settings } from '../common/settings.ts'
import type { Gather } from './gather.ts'
import type { OptionValue } from './gather-options.ts'
import { type GatherSettings, gatherSettings } from './gather-settings.ts'
import { type LoadedGathers, loadGathers, type NamedGather } from './load-gathers.ts'
import { alertOf, roundedMs } from './plugins/plugin-state.ts'
import { Runner, type RunnerOptions } from './runner.ts'

export interface BuiltInsOptions extends Pick<RunnerOptions, 'stepMs' | 'clock'> {
  /** Folder with the gathers. */
  folder: string
  settings: () => Settings
  /** Names in DisabledGathers that are others' than gathers'. */
  others: readonly string[]
  log: (line: string) => void
}

/** Making the list costs as much as some gathers do: so often (ms) it is made anew where only times changed. */
const listEveryMs = 10_000

export class BuiltIns {
  /** In the order of their cards; the same array always. */
  readonly runners: Runner[] = []
  readonly broken: LoadedGathers['broken']
  readonly #options: BuiltInsOptions
  #loaded: LoadedGathers
  #given: GatherSettings
  #disabled: readonly string[]
  #isLoading = false
  #listed: { of: LoadedGathers | undefined; states: readonly PluginState[] } = { of: undefined, states: [] }
  #listedAt = Number.NEGATIVE_INFINITY
  #stamp = ''

  constructor(options: BuiltInsOptions, loaded: LoadedGathers) {
    const settings = options.settings()
    this.#options = options
    this.#loaded = loaded
    this.#disabled = settings.Generator.DisabledGathers
    this.#given = gatherSettings(settings, loaded.gathers, loaded)
    this.broken = loaded.broken
    for (const line of [...loaded.unknown, ...this.#given.mistakes]) options.log(`generator: ${line}`)
  }

  /** Loads all that are not switched off. */
  static async load(options: BuiltInsOptions): Promise<BuiltIns> {
    const { DisabledGathers } = options.settings().Generator
    return new BuiltIns(options, await loadGathers(options.folder, DisabledGathers, options.others))
  }

  get gathers(): readonly NamedGather[] {
    return this.#loaded.gathers
  }

  /** What people set for a gather. */
  optionsOf = (gather: Gather): Readonly<Record<string, OptionValue>> => this.#given.optionsOf(gather)

  /** Begins to run all that are loaded. */
  begin(read: RunnerOptions['read']): void {
    this.#fill(read)
  }

  /** Takes up what is switched off now; calls back with the names of categories that end. */
  async look(read: RunnerOptions['read'], onOff: (categories: readonly string[]) => void): Promise<void> {
    const { settings, folder, others } = this.#options
    const disabled = settings().Generator.DisabledGathers
    if (this.#isLoading || disabled.join() === this.#disabled.join()) return
    this.#isLoading = true
    try {
      this.#loaded = await loadGathers(folder, disabled, others)
      this.#given = gatherSettings(settings(), this.#loaded.gathers, this.#loaded)
      this.#disabled = disabled
      const before = this.runners.map(({ name }) => name)
      this.#fill(read)
      const now = new Set(this.runners.map(({ name }) => name))
      onOff(before.filter((name) => !now.has(name)))
    } finally {
      this.#isLoading = false
    }
  }

  #fill(read: RunnerOptions['read']): void {
    const { stepMs, clock } = this.#options
    const running = new Map(this.runners.map((runner) => [runner.gather, runner]))
    const runners = this.#loaded.gathers.map(
      ({ name, gather }) => running.get(gather) ?? new Runner({ name, gather, stepMs, clock, read }),
    )
    this.runners.splice(0, this.runners.length, ...runners)
  }

  /**
   * `isKnown`: whether anything was ever stored in a category. The same list until one begins to fail, to work or to have
   * other series; times taken are some seconds old.
   */
  states(isKnown: (category: string) => boolean): readonly PluginState[] {
    const now = this.#options.clock.monotonic()
    const stamp = this.runners.reduce(addStamp, '')
    const isOld = now - this.#listedAt >= listEveryMs || stamp !== this.#stamp
    if (isOld || this.#listed.of !== this.#loaded) {
      this.#listed = { of: this.#loaded, states: this.#list(isKnown) }
      this.#listedAt = now
      this.#stamp = stamp
    }
    return this.#listed.states
  }

  #list(isKnown: (category: string) => boolean): PluginState[] {
    const on = this.#loaded.gathers.map(({ name, stem, gather }) => {
      const runner = this.runners.find((one) => one.gather === gather)
      return stateOf({ name, stem, gather }, runner, isKnown(name))
    })
    const loaded = new Set(this.#loaded.gathers.map(({ stem }) => stem))
    const others = this.#loaded.stems.filter((stem) => !loaded.has(stem))
    return [...on, ...others.map((stem) => offState(stem, this.#loaded.broken))]
  }
}

const addStamp = (text: string, { failure, last, series }: Runner): string =>
  `${text}${series} ${failure ?? (last === undefined ? '-' : '')}\n`

function stateOf(
  { name, stem, gather }: NamedGather,
  runner: Runner | undefined,
  isKnown: boolean,
): PluginState {
  const { last, failure = null, series = 0, everyMs = 0 } = runner ?? {}
  const state = failure !== null ? 'fails' : last === undefined ? 'starting' : isKnown ? 'runs' : 'nothing'
  return {
    ...{ name: stem, kind: 'built-in', file: `${stem}.ts`, state, message: failure, series },
    categories: [name],
    everySeconds: everyMs / 1000,
    tookMs: last ? roundedMs(last.seconds) : null,
    alerts: gather.alerts.map(alertOf),
  }
}

function offState(stem: string, broken: LoadedGathers['broken']): PluginState {
  const message = broken.find(({ name }) => name === stem.replaceAll('-', ' '))?.message ?? null
  const state = message === null ? 'off' : 'fails'
  return {
    ...{ name: stem, kind: 'built-in', file: `${stem}.ts`, state, message, series: 0 },
    ...{ categories: [], everySeconds: 0, tookMs: null, alerts: [] },
  }
}
