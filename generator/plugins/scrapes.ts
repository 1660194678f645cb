// The exporters that settings.conf names, kept in step with it.

import type { Clock } from '../../common/clock.ts'
import type { PluginState } from '../../common/plugin-states.ts'
import { type NamedSettings, nameInSettings } from '../../common/settings-named.ts'
import { noWords } from './measured.ts'
import { PluginRunner } from './plugin-runner.ts'
import { pluginState } from './plugin-state.ts'
import { openScrape } from './scrape-source.ts'

export interface ScrapesOptions {
  clock: Clock
  stepMs: number
  mostSeries: number
  claim: (category: string, owner: string) => boolean
}

interface Scraped {
  texts: string
  url: string
  isOff: boolean
  runner: PluginRunner
}

export class Scrapes {
  readonly #options: ScrapesOptions
  readonly #scraped = new Map<string, Scraped>()
  #seen: unknown

  constructor(options: ScrapesOptions) {
    this.#options = options
  }

  runners(): PluginRunner[] {
    return [...this.#scraped.values()].flatMap(({ isOff, runner }) => (isOff ? [] : [runner]))
  }

  states(): PluginState[] {
    return [...this.#scraped].map(([name, { url, isOff, runner }]) =>
      pluginState({
        name,
        kind: 'scrape',
        file: url,
        isOff,
        isStarting: false,
        runner,
        message: null,
        alerts: [],
      }),
    )
  }

  /** Takes up what the settings say now. */
  look(settings: NamedSettings, disabled: readonly string[]): void {
    const isSame = this.#seen === settings
    if (isSame) return
    this.#seen = settings
    const off = disabled.map(nameInSettings)
    for (const name of this.#scraped.keys()) if (!(name in settings.Scrape)) this.#scraped.delete(name)
    for (const [name, given] of Object.entries(settings.Scrape)) {
      const texts = JSON.stringify(given)
      const known = this.#scraped.get(name)
      if (known?.texts === texts) known.isOff = off.includes(name)
      else this.#scraped.set(name, { texts, isOff: off.includes(name), ...this.#open(name, settings) })
    }
  }

  #open(name: string, settings: NamedSettings): Pick<Scraped, 'url' | 'runner'> {
    const { claim, ...rest } = this.#options
    const own = { ...rest, claim: (category: string) => claim(category, `scrape ${name}`) }
    try {
      const { url, words, source, backsOff } = openScrape(name, settings)
      return { url, runner: new PluginRunner({ ...own, name, words, source, backsOff }) }
    } catch (error) {
      // It stands on the card until the settings are put right.
      const source = { read: () => Promise.reject(error), close: async () => {} }
      const words = { ...noWords, every: 10 }
      return { url: '', runner: new PluginRunner({ ...own, name, words, source }) }
    }
  }
}
