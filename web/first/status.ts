// The footer's words: how the app stands to the server, and how old what it shows is. Old data never looks live.

import { html, type TemplateResult } from 'lit-html'
import type { AppState, Link } from '../state.ts'
import { ago, timeOfDay } from './words.ts'

/** `past`: the stream is there, but what is looked at is not the present; `silent`: nothing comes by it. */
type Shown = Link | 'past' | 'silent' | 'unpaired'

const words: Readonly<Record<Shown, string>> = {
  connecting: 'Connecting …',
  live: 'Live',
  past: 'History',
  silent: 'No new data',
  paused: 'Paused',
  offline: 'Offline',
  unpaired: 'Not paired',
}

/** `now` is this device's clock (ms); `live`: the window shows the present. */
export function status(state: AppState, live: boolean, now: number): TemplateResult {
  const shown = shownState(state, live)
  return html`
    <div class="state" data-state=${shown}>
      <span class="word" role="status">${words[shown]}</span>
      <span class="time">${age(state, shown, now)}</span>
    </div>
  `
}

function shownState({ access, link, silent }: AppState, live: boolean): Shown {
  if (access === 'unpaired') return 'unpaired'
  if (link !== 'live') return link
  if (!live) return 'past'
  return silent ? 'silent' : 'live'
}

function age({ updated, copy }: AppState, shown: Shown, now: number): string {
  if (shown === 'unpaired') return ''
  if (updated === null) return 'no data yet'
  const time = timeOfDay(updated)
  return copy || shown === 'offline' ? `data of ${time}, ${ago(updated, now)}` : `Updated ${time}`
}
