// How long history is kept can be changed while the programs run: by hand in the settings file, or from the app, which
// writes it there. Whoever asks here has what the file says now.

import { statSync } from 'node:fs'
import type { Clock } from '../common/clock.ts'
import { Problem } from '../common/problem.ts'
import { planOf, type WholePlan } from '../common/retention-settings.ts'
import type { Settings } from '../common/settings.ts'
import { loadSettings } from './load-settings.ts'

/** The file is looked at this often (ms) at most. */
const lookEveryMs = 2000

export interface WatchedSettingsOptions {
  /** What the program was started with: names the file, see `loadSettings`. */
  args: readonly string[]
  clock: Clock
  /** Is told once what is wrong with a changed file; until it is put right all stays as it was. */
  log: (line: string) => void
}

export class WatchedSettings {
  /** As the program was started: what needs a restart to change. */
  readonly settings: Settings
  /** Absolute path. */
  readonly file: string
  readonly #options: WatchedSettingsOptions
  #plan: WholePlan
  #seen: string
  #lookedAt: number

  /** Throws a Problem `invalid` with a line per mistake. */
  constructor(options: WatchedSettingsOptions) {
    const { settings, file } = loadSettings(options.args)
    this.#options = options
    this.settings = settings
    this.file = file
    this.#plan = planOf(settings)
    this.#seen = versionOf(file)
    this.#lookedAt = options.clock.monotonic()
  }

  /** How long history is kept, by the file as it was two seconds ago at most; the same object until that changes. */
  plan(): WholePlan {
    const monotonic = this.#options.clock.monotonic()
    if (monotonic - this.#lookedAt >= lookEveryMs) this.look()
    return this.#plan
  }

  /** Looks at the file now. */
  look(): void {
    this.#lookedAt = this.#options.clock.monotonic()
    const version = versionOf(this.file)
    // Gone: an editor is about to put it back.
    if (version === this.#seen || version === '') return
    this.#seen = version
    try {
      this.#plan = planOf(loadSettings(this.#options.args).settings)
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
