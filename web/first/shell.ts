// The frame of the screen: header, what the middle shows, footer. Parts that change with every frame (range, moment,
// rows) are elements that paint themselves; this template only says where they stand.

import { html, nothing, type TemplateResult } from 'lit-html'
import type { AppState } from '../state.ts'
import { icons } from './icons.ts'
import { failure, type NoticeActions, noDataYet, skeletons, strips } from './notices.ts'
import { status } from './status.ts'

export interface ShellParts {
  range: HTMLSelectElement
  moment: HTMLElement
  /** The window shows the present. */
  live: boolean
  /** The cards' elements in order, by the heading that they stand under; '' for none. */
  groups: ReadonlyMap<string, readonly HTMLElement[]>
  /** The pairing screen, once it is loaded. */
  pairing: TemplateResult | null
  /** The way back from an order for the time being; null: there is none. */
  endOrder: (() => void) | null
  /** Names of the cards that are hidden, and the way to show one again. */
  hidden: readonly string[]
  unhide: (name: string) => void
}

export interface ShellActions extends NoticeActions {
  openProjects: () => void
  openMenu: () => void
  refresh: () => void
  setAuto: (auto: boolean) => void
}

export const shell = (
  state: AppState,
  parts: ShellParts,
  actions: ShellActions,
  now: number,
): TemplateResult => html`
  ${header(state, parts, actions)}
  <main class="cards">${middle(state, parts, actions)}</main>
  ${footer(state, parts, actions, now)}
`

const header = (
  { project, busy }: AppState,
  { range }: ShellParts,
  actions: ShellActions,
): TemplateResult => html`
  <header class="header">
    <div class="range">${range}${icons.down}</div>
    <h1>
      <button class="machine" type="button" aria-haspopup="dialog" @click=${actions.openProjects}>
        <span>${project?.name ?? 'Pocketstats'}</span>${icons.down}
      </button>
    </h1>
    <button
      class=${busy ? 'round busy' : 'round'}
      type="button"
      aria-label="Refresh"
      ?aria-busy=${busy}
      @click=${actions.refresh}
    >
      ${icons.refresh}
    </button>
  </header>
`

const footer = (
  state: AppState,
  { live, moment }: ShellParts,
  { setAuto, openMenu }: ShellActions,
  now: number,
): TemplateResult => html`
  <footer class="footer">
    <button
      class="switch"
      type="button"
      role="switch"
      aria-checked=${state.auto ? 'true' : 'false'}
      aria-label="Automatic update"
      @click=${() => setAuto(!state.auto)}
    >
      <span class="knob"></span><span>Auto</span>
    </button>
    ${status(state, live, now)}
    <button class="round" type="button" aria-label="Settings" aria-haspopup="dialog" @click=${openMenu}>
      ${icons.menu}
    </button>
    ${moment}
  </footer>
`

function middle(
  state: AppState,
  { pairing, groups, hidden, unhide, endOrder }: ShellParts,
  actions: ShellActions,
): unknown {
  if (state.access === 'unpaired') return pairing ?? nothing
  if (state.categories === null) {
    if (state.problem) return failure(state, actions)
    return state.access === 'open' && !state.project ? noDataYet(state) : skeletons()
  }
  if (state.categories.length === 0) return noDataYet(state)
  return html`${strips(state, actions)}
    ${endOrder ? html`<div class="strip" role="status"><p>What changed most comes first.</p><button type="button" @click=${endOrder}>Usual order</button></div>` : nothing}
    ${[...groups].map(([name, cards]) => html`${name && html`<h2 class="project">${name}</h2>`}<div class="grid">${cards}</div>`)}
    ${hidden.length > 0 ? html`<p class="hidden">Hidden: ${hidden.map((name) => html`<button type="button" aria-label=${`Show ${name} again`} @click=${() => unhide(name)}>${name}</button>`)}</p>` : nothing}`
}
