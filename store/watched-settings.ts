// How long history is kept can be changed while the programs run: by hand in the settings file, or from the app, which
// writes it there. Whoever asks here has what the file says now.

import { existsSync, readFileSync, statSync } from 'node:fs'
import type { Clock } from '../common/clock.ts'
import { Problem } from '../common/problem.ts'
import { overriddenBy, planChanges, planOf, type WholePlan } from '../common/retention-settings.ts'
import { environmentName, type Settings } from '../common/settings.ts'
import { editSettings, type SettingsChange } from '../common/settings-edit.ts'
import { retentionSection } from '../common/settings-table.ts'
import { loadSettings } from './load-settings.ts'
import { replaceFile } from './replace-file.ts'

/** The file is looked at this often (ms) at most. */
const lookEveryMs = 2000

export interface WatchedSettingsOptions {
  /** What the program was started with: names the file, see `loadSettings`. */
  args: readonly string[]
  clock: Clock
  /** Is told once what is wrong with a changed file; until it is put right all stays as it was. */
  log: (line: string) => void
}

export interface FixedByEnvironment {
  maxAge: boolean
  fullResolution: boolean
  overrides: boolean
  disabledGathers: boolean
}

export class WatchedSettings {
  /** As the program was started: what needs a restart to change. */
  readonly settings: Settings
  /** Absolute path. */
  readonly file: string
  readonly #options: WatchedSettingsOptions
  #plan: WholePlan
  #newest: Settings
  #seen: string
  #lookedAt: number

  /** Throws a Problem `invalid` with a line per mistake. */
  constructor(options: WatchedSettingsOptions) {
    const { settings, file } = loadSettings(options.args)
    this.#options = options
    this.settings = settings
    this.file = file
    this.#plan = planOf(settings)
    this.#newest = settings
    this.#seen = versionOf(file)
    this.#lookedAt = options.clock.monotonic()
  }

  /** How long history is kept, by the file as it was two seconds ago at most; the same object until that changes. */
  plan(): WholePlan {
    const monotonic = this.#options.clock.monotonic()
    if (monotonic - this.#lookedAt >= lookEveryMs) this.look()
    return this.#plan
  }

  /** All settings by the file as it was two seconds ago at most; the same object until that changes. */
  newest(): Settings {
    this.plan()
    return this.#newest
  }

  /**
   * Writes another plan into the file, which is made when missing; comments and order stay. Throws a Problem `conflict`
   * when the environment says something else or the file has mistakes, `unavailable` when it cannot be written.
   */
  save(plan: WholePlan): void {
    const now = this.#read()
    this.#write(planChanges(now, plan))
  }

  /** Writes which gathers and plugins are left out; throws as `save` does. */
  saveDisabled(names: readonly string[]): void {
    this.#read()
    this.#write([{ section: 'Generator', key: 'DisabledGathers', value: names.join(', ') }])
  }

  /** Adds what is made of the file's text to it, where it is there and may be written: nobody waits for it. */
  extend(edit: (text: string) => string): void {
    try {
      const text = readFileSync(this.file, 'utf8')
      const extended = edit(text)
      if (extended !== text) replaceFile(this.file, extended)
    } catch {
      // Who keeps the file from being written knows why.
    }
  }

  #write(changes: readonly SettingsChange[]): void {
    const name = overriddenBy(changes, process.env)
    if (name !== undefined) {
      throw new Problem(
        'conflict',
        `${name} in the environment overrides what would be saved: change it there`,
      )
    }
    const text = existsSync(this.file) ? readFileSync(this.file, 'utf8') : ''
    if (changes.length > 0) replaceFile(this.file, editSettings(text, changes))
    this.look()
  }

  /** What cannot be saved here, for the environment says it. */
  get fixed(): FixedByEnvironment {
    const isSet = (...names: string[]): boolean => process.env[environmentName(...names)] !== undefined
    return {
      maxAge: isSet('Generator', 'MaxAge'),
      fullResolution: isSet('Generator', 'FullResolution'),
      overrides: isSet(retentionSection),
      disabledGathers: isSet('Generator', 'DisabledGathers'),
    }
  }

  #read(): WholePlan {
    try {
      return planOf(loadSettings(this.#options.args).settings)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      throw new Problem('conflict', `the settings file has to be put right first: ${error.message}`)
    }
  }

  /** Looks at the file now. */
  look(): void {
    this.#lookedAt = this.#options.clock.monotonic()
    const version = versionOf(this.file)
    // Gone: an editor is about to put it back.
    if (version === this.#seen || version === '') return
    this.#seen = version
    try {
      this.#newest = loadSettings(this.#options.args).settings
      this.#plan = planOf(this.#newest)
    } catch (error) {
      const reason = error instanceof Problem ? error.message : String(error)
      this.#options.log(`${reason}\nThe settings in use stay as they were.`)
    }
  }
}

/** Differs after every change; empty where there is no file. */
function versionOf(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false, bigint: true })
  return stats ? `${stats.ino} ${stats.mtimeNs} ${stats.size}` : ''
}
