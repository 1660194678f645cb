// Light or dark: what the system prefers, or what was chosen. Style sheets follow by themselves; what draws on a
// canvas is told.

import { keep, kept, type ThemeChoice } from '../data/kept.ts'

export class Theme {
  readonly #system = matchMedia('(prefers-color-scheme: dark)')
  readonly #changed: () => void

  /** Applies what was chosen before; `changed` is called whenever light becomes dark or dark light. */
  constructor(changed: () => void) {
    this.#changed = changed
    this.#system.addEventListener('change', () => this.#apply())
    this.#apply()
  }

  get choice(): ThemeChoice {
    return kept('theme')
  }

  get isDark(): boolean {
    return this.choice === 'system' ? this.#system.matches : this.choice === 'dark'
  }

  choose(choice: ThemeChoice): void {
    keep('theme', choice)
    this.#apply()
  }

  #apply(): void {
    const root = document.documentElement
    if (this.choice === 'system') delete root.dataset.theme
    else root.dataset.theme = this.choice
    // The colour of the browser's own bars.
    const color = getComputedStyle(root).getPropertyValue('background-color')
    for (const meta of document.querySelectorAll('meta[name="theme-color"]'))
      meta.setAttribute('content', color)
    this.#changed()
  }
}
